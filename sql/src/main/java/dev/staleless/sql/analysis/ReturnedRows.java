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
import java.util.Arrays;
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
 *
 * <p>With the rows of a DELETE those can be returned that foreign keys change with them, see {@link CascadeQuery}.
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
    private final List<Selected> selected = new ArrayList<>();
    private final String statement;
    private final String head;
    private final String opening;
    private final String body;
    private final boolean both;
    private final Set<TableName> tables = new HashSet<>();
    private final List<List<Cell>> cells = new ArrayList<>();
    private final @Nullable CascadeQuery cascades;
    private final RowImages withoutCascades;

    /** A column of the query, and where its value comes from. */
    record Selected(Part part, String column, ColumnType columnType, String expression) {

        /** The type that its values have in the result. */
        String sqlType() {
            ColumnType.Kind kind = part == Part.OLD || part == Part.NEW ? columnType.kind() : ColumnType.Kind.BOOLEAN;
            return "pg_catalog."
                    + switch (kind) {
                        case INTEGER -> "int8";
                        case DECIMAL -> "numeric";
                        case UUID -> "uuid";
                        case DATE -> "date";
                        case TIME -> "time";
                        case TIMESTAMP -> "timestamp";
                        case TIMESTAMP_TZ -> "timestamptz";
                        case BOOLEAN -> "bool";
                        default -> "text";
                    };
        }
    }

    private ReturnedRows(SingleChange change, boolean both, List<Effect> effects, @Nullable CascadedRows cascaded) {
        this.table = change.table();
        this.effects = List.copyOf(effects);
        this.spreads = spreads(effects);
        this.command = change.command();
        this.both = both;
        this.written = written(effects);
        addCells(change);
        this.statement = change.text();
        this.head = change.head();
        tables.add(table.name());
        Map<String, String> keys = cascaded == null ? Map.of() : CascadeQuery.keys(cascaded);
        this.cascades = cascaded == null ? null : new CascadeQuery(cascaded, ROWS, keys);
        List<String> names = new ArrayList<>();
        selected.forEach(each -> names.add("c" + names.size()));
        String columns = String.join(", ", names);
        names.addAll(keys.values());
        String recursive = cascades != null && cascades.isRecursive() ? "RECURSIVE " : "";
        this.opening = "WITH " + recursive + ROWS + " (" + String.join(", ", names) + ") AS (";
        String returning = change.body() + " RETURNING " + returned(change, keys.keySet()) + ")";
        if (cascades == null || cascaded == null) {
            this.withoutCascades = this;
            this.body = returning + " SELECT pg_catalog.count(*) OVER (), " + columns + " FROM " + ROWS + " LIMIT "
                    + (MAX_ROWS + 1);
            cells.add(ownCells());
        } else {
            this.withoutCascades = new ReturnedRows(change, both, effects, null);
            CascadeQuery.Result result = cascades.new Result(selected);
            this.body = returning + cascades.expressions() + result.sql();
            tables.addAll(cascaded.tables());
            for (int source = 0; source <= cascades.sources(); source++) {
                cells.add(result.cells(source));
            }
        }
    }

    /** What RETURNING returns: the columns of the result, and the keys by which references are followed. */
    private String returned(SingleChange change, Set<String> keys) {
        List<String> expressions = new ArrayList<>();
        selected.forEach(each -> expressions.add(each.expression()));
        keys.forEach(key -> expressions.add(quoted(change.alias()) + "." + quoted(key)));
        String names = returnsBoth() ? "WITH (OLD AS " + OLD + ", NEW AS " + NEW + ") " : "";
        return names + String.join(", ", expressions);
    }

    private List<Cell> ownCells() {
        List<Cell> own = new ArrayList<>();
        for (Selected each : selected) {
            own.add(new Cell(own.size() + 2, each.part(), each.column(), each.columnType()));
        }
        return own;
    }

    /** Null if nothing of the rows can be told. */
    static @Nullable RowImages of(
            SingleChange change, Returning returning, List<Effect> effects, @Nullable CascadedRows cascaded) {
        if (effects.isEmpty()) {
            return null; // a MERGE that does nothing
        }
        ReturnedRows rows = new ReturnedRows(change, returning == Returning.BOTH, effects, cascaded);
        return rows.selected.isEmpty() ? null : rows;
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
            addThere(Part.OLD_THERE, OLD);
            addThere(Part.NEW_THERE, NEW);
        }
        for (Column column : columns(table, written)) {
            boolean changes = written.contains(column.name());
            if (command.equals("DELETE")) {
                addValue(column, Part.OLD, Part.OLD_IS_NULL, alias, selected);
                continue;
            }
            addValue(column, Part.NEW, Part.NEW_IS_NULL, returnsBoth() ? quoted(NEW) : alias, selected);
            if (returnsBoth() && (mixed || changes)) {
                addValue(column, Part.OLD, Part.OLD_IS_NULL, quoted(OLD), selected);
            }
            if (returnsBoth() && changes) {
                addSame(column);
            }
        }
    }

    private void addThere(Part part, String row) {
        selected.add(new Selected(part, "", ColumnType.UNKNOWN, quoted(row) + ".ctid IS NOT NULL"));
    }

    /** Keys and what is written first, if there are too many; those whose values have a canonical form. */
    static List<Column> columns(Table table, Set<String> written) {
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

    static boolean isReturned(ColumnType.Kind kind) {
        return switch (kind) {
            case FLOAT, BYTES, OTHER -> false;
            default -> true;
        };
    }

    private static void add(Part part, Column column, String expression, List<Selected> into) {
        into.add(new Selected(part, column.name(), column.type(), expression));
    }

    /** Selects a column's value, and for a text, which may be too long, whether it is NULL. */
    static void addValue(Column column, Part part, Part isNull, String qualifier, List<Selected> into) {
        String value = qualifier + "." + quoted(column.name());
        if (!isText(column.type().kind())) {
            add(part, column, value, into);
            return;
        }
        String text = value + "::pg_catalog.text";
        String length = "pg_catalog.octet_length(" + text + ")";
        add(part, column, "CASE WHEN " + length + " <= " + MAX_OCTETS + " THEN " + text + " END", into);
        if (column.nullable()) {
            add(isNull, column, value + " IS NULL", into);
        }
    }

    /** Numbers are compared with their digits, texts by their characters, whatever the collation. */
    private void addSame(Column column) {
        String cast = switch (column.type().kind()) {
            case DECIMAL, TEXT -> "::pg_catalog.text COLLATE \"C\"";
            case FIXED_TEXT, FOLDED_TEXT -> null; // the spaces behind it are seen, but not compared
            default -> "";
        };
        if (cast != null) {
            String name = quoted(column.name());
            String same = OLD + "." + name + cast + " IS NOT DISTINCT FROM " + NEW + "." + name + cast;
            add(Part.SAME, column, same, selected);
        }
    }

    private static boolean isText(ColumnType.Kind kind) {
        return switch (kind) {
            case TEXT, FIXED_TEXT, FOLDED_TEXT -> true;
            default -> false;
        };
    }

    static String quoted(String name) {
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
    public String statement() {
        return statement;
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
    public Set<TableName> tables() {
        return Set.copyOf(tables);
    }

    @Override
    public boolean cascades() {
        return cascades != null;
    }

    @Override
    public RowImages withoutCascades() {
        return withoutCascades;
    }

    @Override
    public int sources() {
        return cells.size();
    }

    @Override
    public List<Cell> cells(int source) {
        return List.copyOf(cells.get(source));
    }

    // ---- the events

    @Override
    public @Nullable List<ChangeEvent> events(Parameters parameters, List<Returned> rows, boolean undisturbed) {
        int[] found = new int[cells.size()];
        rows.forEach(row -> found[row.source()]++);
        if (rows.stream().anyMatch(row -> row.count() > MAX_ROWS)) {
            return null;
        }
        boolean followed =
                cascades != null && undisturbed && Arrays.stream(found).allMatch(rowsOf -> rowsOf <= MAX_ROWS);
        Map<String, AbstractValue> known = known(parameters);
        List<ChangeEvent> events = new ArrayList<>();
        for (Returned row : rows) {
            if (row.source() == 0) {
                new Row(0, row.values(), known).addEvents(followed, events);
            } else if (followed && cascades != null) {
                cascades.addEvent(row.source(), new Row(row.source(), row.values(), Map.of()).before, events);
            }
        }
        return OneWay.withOrphans(OneWay.marked(events), table);
    }

    /** What the statement's condition tells of each row. */
    private Map<String, AbstractValue> known(Parameters parameters) {
        if (isMixed()) {
            return Map.of();
        }
        EventTemplate only = effects.get(0).change();
        if (only instanceof EventTemplate.Update update) {
            return KnownValues.of(update.conditions(), 0, parameters);
        }
        return only instanceof EventTemplate.Delete delete
                ? KnownValues.of(delete.conditions(), 0, parameters)
                : Map.of();
    }

    /** One row that was returned. */
    private final class Row {
        private final Map<String, AbstractValue> before;
        private final Map<String, AbstractValue> after = new HashMap<>();
        private final Set<String> same = new HashSet<>();
        private boolean existed = !command.equals("INSERT");
        private boolean exists = !command.equals("DELETE");

        Row(int source, List<@Nullable Object> values, Map<String, AbstractValue> known) {
            before = new HashMap<>(known);
            List<Cell> of = cells.get(source);
            for (int i = 0; i < of.size(); i++) {
                read(of.get(i), values.get(i));
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

        /** @param followed whether it is known otherwise what a deleted row brings with it */
        void addEvents(boolean followed, List<ChangeEvent> into) {
            if (!existed) {
                emit(ChangeEvent.insert(table.name(), new Image(after)), into);
            } else if (!exists && followed) {
                into.add(ChangeEvent.delete(table.name(), new Image(before)));
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

    static ChangeEvent.Kind kind(EventTemplate template) {
        if (template instanceof EventTemplate.Insert) {
            return ChangeEvent.Kind.INSERT;
        }
        return template instanceof EventTemplate.Update ? ChangeEvent.Kind.UPDATE : ChangeEvent.Kind.DELETE;
    }
}
