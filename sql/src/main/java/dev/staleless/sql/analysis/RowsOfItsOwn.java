package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import dev.staleless.sql.OwnRows;
import dev.staleless.sql.RowImages;
import dev.staleless.sql.RowImages.Cell;
import dev.staleless.sql.RowImages.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that an INSERT, UPDATE or DELETE of one table returns by itself. Each changed row is returned once, as it is stored, or
 * was if it is deleted; so each makes an event of its own, of which the statement tells what its result leaves out.
 *
 * <p>Of an INSERT that may update a row instead it is not told which it did: each row makes both events.
 */
final class RowsOfItsOwn implements OwnRows {

    private final Table table;
    private final List<Effect> effects;
    private final boolean old;
    private final List<Cell> cells = new ArrayList<>();

    /**
     * The rows of a statement.
     *
     * @param columns the names of the result's columns; null for what is none of the table's
     * @param old whether an updated row is returned as it was, and not as it is
     */
    RowsOfItsOwn(Table table, List<Effect> effects, List<@Nullable String> columns, boolean old) {
        this.table = table;
        this.effects = List.copyOf(effects);
        boolean deletes = effects.stream().anyMatch(effect -> effect.change() instanceof EventTemplate.Delete);
        this.old = old || deletes;
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            Column column = name == null ? null : table.column(name);
            if (column != null && ReturnedRows.isReturned(column.type().kind())) {
                cells.add(new Cell(i + 1, this.old ? Part.OLD : Part.NEW, column.name(), column.type()));
            }
        }
    }

    @Override
    public List<Cell> cells() {
        return List.copyOf(cells);
    }

    @Override
    public List<ChangeEvent> events(Parameters parameters, List<List<@Nullable Object>> rows) {
        List<ChangeEvent> insert = told(ChangeEvent.Kind.INSERT, parameters);
        List<ChangeEvent> update = told(ChangeEvent.Kind.UPDATE, parameters);
        List<ChangeEvent> delete = told(ChangeEvent.Kind.DELETE, parameters);
        List<ChangeEvent> events = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Map<String, AbstractValue> values = values(row);
            if (!insert.isEmpty()) {
                emit(inserted(insert, values), events);
            }
            if (!update.isEmpty()) {
                emit(updated(update, values), events);
            }
            if (!delete.isEmpty()) {
                emit(deleted(delete, values), events);
            }
        }
        return events;
    }

    /** What the statement tells of each row that it changes in a way. */
    private List<ChangeEvent> told(ChangeEvent.Kind kind, Parameters parameters) {
        return effects.stream()
                .map(effect -> effect.change().event(parameters))
                .filter(event -> event.kind() == kind)
                .toList();
    }

    private Map<String, AbstractValue> values(List<@Nullable Object> row) {
        Map<String, AbstractValue> values = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            values.put(cell.column(), value(cell, row.get(i)));
        }
        return values;
    }

    private static AbstractValue value(Cell cell, @Nullable Object value) {
        boolean tooLong = value instanceof String text && text.length() > RowImages.MAX_OCTETS;
        return tooLong ? AbstractValue.NOT_NULL : Values.store(cell.type(), value);
    }

    // ---- one row

    private ChangeEvent inserted(List<ChangeEvent> told, Map<String, AbstractValue> values) {
        Map<String, AbstractValue> after = common(told, false);
        after.putAll(values);
        return ChangeEvent.insert(table.name(), new Image(after));
    }

    private ChangeEvent deleted(List<ChangeEvent> told, Map<String, AbstractValue> values) {
        Map<String, AbstractValue> before = common(told, true);
        before.putAll(values);
        return ChangeEvent.delete(table.name(), new Image(before));
    }

    /** A column that is not written was before what it is now. */
    private ChangeEvent updated(List<ChangeEvent> told, Map<String, AbstractValue> values) {
        Set<String> written = new HashSet<>();
        for (ChangeEvent event : told) {
            Set<String> names = event.changed().names();
            if (names == null) {
                table.columns().forEach(column -> written.add(column.name()));
            } else {
                written.addAll(names);
            }
        }
        Map<String, AbstractValue> before = common(told, true);
        Map<String, AbstractValue> after = common(told, false);
        values.forEach((column, value) -> {
            boolean same = !written.contains(column);
            if (same || old) {
                before.put(column, value);
            }
            if (same || !old) {
                after.put(column, value);
            }
        });
        return ChangeEvent.update(table.name(), new Image(before), new Image(after), ColumnSet.of(written));
    }

    /** What is told alike of all rows. */
    private static Map<String, AbstractValue> common(List<ChangeEvent> told, boolean before) {
        Map<String, AbstractValue> common = new HashMap<>();
        for (int i = 0; i < told.size(); i++) {
            Image image = before ? told.get(i).before() : told.get(i).after();
            Map<String, AbstractValue> values = image == null ? Map.of() : image.values();
            if (i == 0) {
                common.putAll(values);
            } else {
                common.entrySet().removeIf(known -> !known.getValue().equals(values.get(known.getKey())));
            }
        }
        return common;
    }

    private void emit(ChangeEvent event, List<ChangeEvent> into) {
        into.add(event);
        Set<Spread> spreads = new HashSet<>();
        for (Effect effect : effects) {
            if (ReturnedRows.kind(effect.change()) == event.kind() && spreads.add(effect.spread())) {
                effect.spread().follow(event, into);
            }
        }
    }
}
