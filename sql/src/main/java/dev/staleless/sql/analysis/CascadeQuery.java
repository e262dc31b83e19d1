package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.sql.RowImages;
import dev.staleless.sql.RowImages.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is added to the query that deletes rows to have those, too, that go or lose their reference with them: a common table
 * expression for each {@linkplain Source source}, which follows the references from the deleted rows.
 *
 * <p>They are read by the snapshot of the query, without locks: a lock would be taken in another order than the foreign key's action
 * takes it. The actions run when the statement is done; at READ COMMITTED by newer snapshots, which see the same if no transaction
 * has ended meanwhile, and at REPEATABLE READ they fail if they meet a row that the snapshot does not show as it is. The caller asks
 * which transactions have ended, before and after; where one has, the rows are known by the reference only.
 *
 * <p>The rows of all sources come in one result, whose columns are shared: those of one type by all sources.
 */
final class CascadeQuery {

    private static final int LIMIT = RowImages.MAX_ROWS + 1;
    private static final String FINISHED = "pg_catalog.txid_current_snapshot()::pg_catalog.text";

    /** Number, source and snapshot stand before. */
    private static final int FIRST_CELL = 4;

    private final CascadedRows rows;
    private final String root;
    private final Map<String, String> rootKeys;
    private final List<Source> sources = new ArrayList<>();
    private final StringBuilder expressions = new StringBuilder();
    private boolean recursive;

    /**
     * The rows of one table that are returned.
     *
     * @param name of its common table expression
     * @param written null for rows that go
     */
    private record Source(String name, Table table, List<Column> columns, CascadedRows.@Nullable Written written) {}

    /**
     * The query.
     *
     * @param root the common table expression with the deleted rows
     * @param rootKeys what the columns are called there by which references to its rows are followed
     */
    CascadeQuery(CascadedRows rows, String root, Map<String, String> rootKeys) {
        this.rows = rows;
        this.root = root;
        this.rootKeys = rootKeys;
        rows.deleted().forEach(this::delete);
        rows.written().forEach(this::write);
    }

    boolean isRecursive() {
        return recursive;
    }

    /** Number of sources besides the deleted rows. */
    int sources() {
        return sources.size();
    }

    /** The common table expressions, each with a comma before it. */
    String expressions() {
        return expressions.toString();
    }

    // ---- the rows

    private void delete(CascadedRows.Deleted deleted) {
        Source source = source(deleted.table(), null);
        String all = source.name + (deleted.toItself().isEmpty() ? "" : "_all");
        List<String> selects = new ArrayList<>();
        for (CascadedRows.Edge edge : deleted.references()) {
            boolean itself = deleted.toItself().contains(edge);
            if (!itself) {
                selects.addAll(selects(source, edge));
            } else if (isRoot(deleted.table())) {
                selects.add(0, select(source, edge, root, rootKeys));
            }
        }
        for (CascadedRows.Edge edge : deleted.toItself()) {
            selects.add(select(source, edge, all, Map.of()));
        }
        boolean limited = deleted.toItself().isEmpty();
        define(all, String.join(" UNION ", selects) + (limited ? " LIMIT " + LIMIT : ""));
        if (!limited) {
            recursive = true;
            define(source.name, "SELECT * FROM " + all + " LIMIT " + LIMIT);
        }
        sources.add(source);
    }

    private void write(CascadedRows.Written written) {
        Source source = source(written.table(), written);
        define(source.name, String.join(" UNION ", selects(source, written.reference())) + " LIMIT " + LIMIT);
        sources.add(source);
    }

    private Source source(Table table, CascadedRows.@Nullable Written written) {
        Set<String> keys = written == null ? Set.of() : written.columns();
        return new Source("staleless_" + (sources.size() + 1), table, ReturnedRows.columns(table, keys), written);
    }

    private void define(String name, String query) {
        expressions.append(", ").append(name).append(" AS (").append(query).append(')');
    }

    private boolean isRoot(Table table) {
        return table.name().equals(rows.root().name());
    }

    /** The rows that refer to any row of the parent that goes. */
    private List<String> selects(Source source, CascadedRows.Edge edge) {
        List<String> selects = new ArrayList<>();
        if (isRoot(edge.parent())) {
            selects.add(select(source, edge, root, rootKeys));
        }
        for (Source parent : sources) {
            if (parent.written == null
                    && parent.table.name().equals(edge.parent().name())) {
                selects.add(select(source, edge, parent.name, Map.of()));
            }
        }
        return selects;
    }

    /** @param keys what the parent's columns are called there, if not by their names */
    private String select(Source source, CascadedRows.Edge edge, String parent, Map<String, String> keys) {
        Set<String> names = new LinkedHashSet<>();
        source.columns.forEach(column -> names.add(column.name()));
        names.addAll(rows.followed(source.table));
        StringBuilder select =
                new StringBuilder("SELECT c.tableoid::pg_catalog.text || c.ctid::pg_catalog.text AS staleless_ctid");
        names.forEach(name -> select.append(", c.").append(ReturnedRows.quoted(name)));
        TableName table = source.table.name();
        // with partitions: children by inheritance there are none
        select.append(" FROM ").append(ReturnedRows.quoted(table.schema())).append('.');
        select.append(ReturnedRows.quoted(table.name()))
                .append(" c JOIN ")
                .append(parent)
                .append(" p ON ");
        List<String> columns = edge.reference().columns();
        for (int i = 0; i < columns.size(); i++) {
            String referred = keys.getOrDefault(columns.get(i), ReturnedRows.quoted(columns.get(i)));
            select.append(i == 0 ? "" : " AND ")
                    .append("c.")
                    .append(ReturnedRows.quoted(edge.reference().childColumns().get(i)))
                    .append(" = p.")
                    .append(referred);
        }
        return select.toString();
    }

    // ---- the result

    /** The columns of a result that all sources share. */
    final class Result {
        private final List<List<ReturnedRows.Selected>> selected = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private final List<List<Integer>> places = new ArrayList<>();

        /** @param own what is selected of the deleted rows */
        Result(List<ReturnedRows.Selected> own) {
            add(own);
            for (Source source : sources) {
                List<ReturnedRows.Selected> values = new ArrayList<>();
                source.columns.forEach(column -> ReturnedRows.addValue(
                        column, RowImages.Part.OLD, RowImages.Part.OLD_IS_NULL, source.name, values));
                add(values);
            }
        }

        private void add(List<ReturnedRows.Selected> values) {
            List<Integer> at = new ArrayList<>();
            for (ReturnedRows.Selected value : values) {
                int place = 0;
                while (place < types.size()
                        && (at.contains(place) || !types.get(place).equals(value.sqlType()))) {
                    place++;
                }
                if (place == types.size()) {
                    types.add(value.sqlType());
                }
                at.add(place);
            }
            selected.add(values);
            places.add(at);
        }

        List<Cell> cells(int source) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < selected.get(source).size(); i++) {
                ReturnedRows.Selected value = selected.get(source).get(i);
                cells.add(new Cell(
                        FIRST_CELL + places.get(source).get(i), value.part(), value.column(), value.columnType()));
            }
            return cells;
        }

        /** The query behind the common table expressions. */
        String sql() {
            StringBuilder sql = new StringBuilder();
            for (int i = 0; i < selected.size(); i++) {
                sql.append(i == 0 ? " (" : " UNION ALL (");
                String number = i == 0 ? "pg_catalog.count(*) OVER ()" : "0::pg_catalog.int8";
                sql.append("SELECT ").append(number).append(", ").append(i);
                sql.append(", ").append(i == 0 ? FINISHED : "NULL::pg_catalog.text");
                sql.append(values(i));
                sql.append(" FROM ")
                        .append(i == 0 ? root : sources.get(i - 1).name)
                        .append(" LIMIT ")
                        .append(LIMIT)
                        .append(')');
            }
            return sql.append("; SELECT ").append(FINISHED).toString();
        }

        private String values(int source) {
            StringBuilder values = new StringBuilder();
            for (int place = 0; place < types.size(); place++) {
                int index = places.get(source).indexOf(place);
                // the deleted rows' values were computed by RETURNING
                String value = index < 0
                        ? "NULL"
                        : source == 0
                                ? "c" + index
                                : selected.get(source).get(index).expression();
                values.append(", (").append(value).append(")::").append(types.get(place));
            }
            return values.toString();
        }
    }

    // ---- the events

    /** Adds the change of a row of a source. */
    void addEvent(int source, Map<String, AbstractValue> before, List<ChangeEvent> into) {
        Source of = sources.get(source - 1);
        CascadedRows.Written written = of.written;
        TableName table = of.table.name();
        if (written == null) {
            into.add(ChangeEvent.delete(table, new Image(before)));
            return;
        }
        Map<String, AbstractValue> after = new HashMap<>(before);
        after.keySet().removeAll(written.columns());
        written.toNull().forEach(column -> after.put(column, AbstractValue.NULL));
        into.add(ChangeEvent.update(table, new Image(before), new Image(after), ColumnSet.of(written.columns())));
    }

    /** What the deleted rows' columns are called by which references to them are followed. */
    static Map<String, String> keys(CascadedRows rows) {
        Map<String, String> keys = new LinkedHashMap<>();
        rows.followed(rows.root()).stream().sorted().forEach(column -> keys.put(column, "k" + keys.size()));
        return keys;
    }
}
