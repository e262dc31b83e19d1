package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import dev.staleless.sql.RowImages;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Row images by RETURNING: {@code WITH .. AS (statement RETURNING ..) SELECT .. FROM .. LIMIT}. PostgreSQL carries the statement out
 * to its end, whatever is read of what it returns, and returns the rows as it has locked and stored them.
 *
 * <p>A column that an UPDATE does not assign, and that the database does not compute, has its new value before as well. Of the
 * others the old value is returned where the database can, and with it whether it is shown as before: equal numbers may have
 * other digits. What is not returned is known as far as the statement tells it.
 */
final class ReturnedRows implements RowImages {

    private static final int MAX_COLUMNS = 40;
    private static final String ROWS = "staleless_rows";
    private static final String OLD = "staleless_old";
    private static final String NEW = "staleless_new";

    private final Table table;
    private final List<Effect> effects;
    private final Map<ChangeEvent.Kind, Set<Spread>> spreads;
    private final String command;
    private final Set<String> written;
    private final List<Cell> cells = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();
    private final String head;
    private final String opening;
    private final String body;
    private final boolean both;

    private ReturnedRows(SingleChange change, boolean both, List<Effect> effects) {
        this.table = change.table();
        this.effects = List.copyOf(effects);
        this.spreads = spreads(effects);
        this.command = change.command();
        this.both = both;
        this.written = written(effects);
        addCells(change);
        this.head = change.head();
        List<String> names = new ArrayList<>();
        cells.forEach(cell -> names.add("c" + names.size()));
        this.opening = "WITH " + ROWS + " (" + String.join(", ", names) + ") AS (";
        this.body = change.body()
                + " RETURNING "
                + (returnsBoth() ? "WITH (OLD AS " + OLD + ", NEW AS " + NEW + ") " : "")
                + String.join(", ", expressions)
                + ") SELECT pg_catalog.count(*) OVER (), "
                + String.join(", ", names)
                + " FROM "
                + ROWS
                + " LIMIT "
                + (MAX_ROWS + 1);
    }

    /** Null if nothing of the rows can be told. */
    static @Nullable RowImages of(SingleChange change, Returning returning, List<Effect> effects) {
        boolean both = returning == Returning.BOTH;
        ReturnedRows rows = new ReturnedRows(change, both, effects);
        return rows.cells.isEmpty() ? null : rows;
    }

    private static Set<String> written(List<Effect> effects) {
        Set<String> written = new HashSet<>();
        for (Effect effect : effects) {
            if (effect.change() instanceof EventTemplate.Update update) {
                written.addAll(update.assigned().keySet());
            }
        }
        return written;
    }

    private boolean isMixed() {
        return command.equals("MERGE") || command.equals("INSERT") && !written.isEmpty();
    }

    private boolean returnsBoth() {
        return both && (isMixed() || command.equals("UPDATE"));
    }

    // ---- the query

    private void addCells(SingleChange change) {
        String alias = quoted(change.alias());
        boolean mixed = isMixed();
        if (mixed) {
            add(Part.OLD_THERE, null, quoted(OLD) + ".ctid IS NOT NULL");
            add(Part.NEW_THERE, null, quoted(NEW) + ".ctid IS NOT NULL");
        }
        for (Column column : columns()) {
            boolean changes = written.contains(column.name());
            if (command.equals("DELETE")) {
                addValue(column, Part.OLD, Part.OLD_IS_NULL, alias);
                continue;
            }
            addValue(column, Part.NEW, Part.NEW_IS_NULL, returnsBoth() ? quoted(NEW) : alias);
            if (returnsBoth() && (mixed || changes)) {
                addValue(column, Part.OLD, Part.OLD_IS_NULL, quoted(OLD));
            }
            if (returnsBoth() && changes) {
                addSame(column);
            }
        }
    }

    /** Keys and what is written first, if there are too many; those whose values have a canonical form. */
    private List<Column> columns() {
        Set<String> names = new LinkedHashSet<>(table.primaryKey());
        names.addAll(table.partitionColumns());
        names.addAll(written);
        table.columns().forEach(column -> names.add(column.name()));
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            Column column = table.column(name);
            if (column != null && isReturned(column.type().kind()) && columns.size() < MAX_COLUMNS) {
                columns.add(column);
            }
        }
        return columns;
    }

    private static boolean isReturned(ColumnType.Kind kind) {
        return switch (kind) {
            case FLOAT, BYTES, OTHER -> false;
            default -> true;
        };
    }

    private void add(Part part, @Nullable Column column, String expression) {
        cells.add(new Cell(
                part, column == null ? "" : column.name(), column == null ? ColumnType.UNKNOWN : column.type()));
        expressions.add(expression);
    }

    private void addValue(Column column, Part part, Part isNull, String qualifier) {
        String value = qualifier + "." + quoted(column.name());
        if (!isText(column.type().kind())) {
            add(part, column, value);
            return;
        }
        String text = value + "::pg_catalog.text";
        add(
                part,
                column,
                "CASE WHEN pg_catalog.octet_length(" + text + ") <= " + MAX_OCTETS + " THEN " + text + " END");
        if (column.nullable()) {
            add(isNull, column, value + " IS NULL");
        }
    }

    /** Numbers are compared with their digits, texts by their characters, whatever the collation. */
    private void addSame(Column column) {
        String cast = switch (column.type().kind()) {
            case DECIMAL, TEXT -> "::pg_catalog.text COLLATE \"C\"";
            case FIXED_TEXT -> null; // the spaces behind it are seen, but not compared
            default -> "";
        };
        if (cast != null) {
            String name = quoted(column.name());
            add(Part.SAME, column, OLD + "." + name + cast + " IS NOT DISTINCT FROM " + NEW + "." + name + cast);
        }
    }

    private static boolean isText(ColumnType.Kind kind) {
        return kind == ColumnType.Kind.TEXT || kind == ColumnType.Kind.FIXED_TEXT;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public TableName table() {
        return table.name();
    }

    @Override
    public String sql() {
        return head + opening + body;
    }

    @Override
    public int shift() {
        return opening.length();
    }

    @Override
    public String command() {
        return command;
    }

    @Override
    public List<Cell> cells() {
        return List.copyOf(cells);
    }

    // ---- the events

    @Override
    public List<ChangeEvent> events(Parameters parameters, List<List<@Nullable Object>> rows) {
        Map<String, AbstractValue> known = new HashMap<>();
        if (!isMixed() && effects.get(0).change() instanceof EventTemplate.Update update) {
            known = KnownValues.of(update.conditions(), 0, parameters);
        } else if (effects.get(0).change() instanceof EventTemplate.Delete delete && !isMixed()) {
            known = KnownValues.of(delete.conditions(), 0, parameters);
        }
        List<ChangeEvent> events = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            new Row(row, known).addEvents(events);
        }
        return OneWay.marked(events);
    }

    /** One row that was returned. */
    private final class Row {
        private final Map<String, AbstractValue> before;
        private final Map<String, AbstractValue> after = new HashMap<>();
        private final Set<String> same = new HashSet<>();
        private boolean existed = !command.equals("INSERT");
        private boolean exists = !command.equals("DELETE");

        Row(List<@Nullable Object> values, Map<String, AbstractValue> known) {
            before = new HashMap<>(known);
            for (int i = 0; i < cells.size(); i++) {
                read(cells.get(i), values.get(i));
            }
        }

        private void read(Cell cell, @Nullable Object value) {
            boolean yes = Boolean.TRUE.equals(value);
            switch (cell.part()) {
                case OLD_THERE -> existed = yes;
                case NEW_THERE -> exists = yes;
                case OLD -> put(before, cell, value);
                case NEW -> put(after, cell, value);
                case OLD_IS_NULL -> putNull(before, cell, yes);
                case NEW_IS_NULL -> putNull(after, cell, yes);
                case SAME -> {
                    if (yes) {
                        same.add(cell.column());
                    }
                }
            }
        }

        /** A text that is too long comes as NULL too; where the column may be NULL, the next cell tells. */
        private void put(Map<String, AbstractValue> image, Cell cell, @Nullable Object value) {
            if (value == null && isText(cell.type().kind())) {
                image.putIfAbsent(cell.column(), AbstractValue.NOT_NULL);
            } else {
                image.put(cell.column(), Values.store(cell.type(), value));
            }
        }

        private void putNull(Map<String, AbstractValue> image, Cell cell, boolean isNull) {
            if (isNull) {
                image.put(cell.column(), AbstractValue.NULL);
            }
        }

        void addEvents(List<ChangeEvent> into) {
            if (!existed) {
                emit(ChangeEvent.insert(table.name(), new Image(after)), into);
            } else if (!exists) {
                emit(ChangeEvent.delete(table.name(), new Image(before)), into);
            } else {
                update(into);
            }
        }

        private void update(List<ChangeEvent> into) {
            Set<String> changed = new HashSet<>(written);
            changed.removeAll(same);
            if (changed.isEmpty()) {
                return;
            }
            after.forEach((column, value) -> {
                if (!changed.contains(column) && value instanceof AbstractValue.Exact) {
                    before.put(column, value);
                }
            });
            before.forEach((column, value) -> {
                if (!changed.contains(column)) {
                    after.putIfAbsent(column, value);
                }
            });
            emit(ChangeEvent.update(table.name(), new Image(before), new Image(after), ColumnSet.of(changed)), into);
        }

        private void emit(ChangeEvent event, List<ChangeEvent> into) {
            into.add(event);
            for (Spread spread : spreads.getOrDefault(event.kind(), Set.of())) {
                spread.follow(event, into);
            }
        }
    }

    private static Map<ChangeEvent.Kind, Set<Spread>> spreads(List<Effect> effects) {
        Map<ChangeEvent.Kind, Set<Spread>> spreads = new EnumMap<>(ChangeEvent.Kind.class);
        for (Effect effect : effects) {
            spreads.computeIfAbsent(kind(effect.change()), kind -> new LinkedHashSet<>())
                    .add(effect.spread());
        }
        return spreads;
    }

    private static ChangeEvent.Kind kind(EventTemplate template) {
        if (template instanceof EventTemplate.Insert) {
            return ChangeEvent.Kind.INSERT;
        }
        return template instanceof EventTemplate.Update ? ChangeEvent.Kind.UPDATE : ChangeEvent.Kind.DELETE;
    }
}
