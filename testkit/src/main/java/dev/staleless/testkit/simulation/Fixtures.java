package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables {@code (id, v)} partitioned by id, queries {@code WHERE id = ?} on them, and updates of one row. */
final class Fixtures {

    static final ColumnType INTEGER = new ColumnType(ColumnType.Kind.INTEGER, -1, -1, ColumnType.Equality.EXACT);
    static final TableName ITEM = new TableName("public", "item");
    static final TableName OTHER = new TableName("public", "other");

    private Fixtures() {}

    static Table table(TableName name) {
        List<Column> columns =
                List.of(new Column("id", INTEGER, false, false, false), new Column("v", INTEGER, true, false, false));
        return new Table(name, columns, List.of("id"), List.of("id"), List.of(), Set.of());
    }

    /** {@code SELECT id, v FROM table WHERE id = ?}. */
    static Query byId(TableName table, long id) {
        TableUse use = new TableUse(
                0,
                "t",
                table,
                ColumnSet.of(Set.of("id", "v")),
                ColumnSet.of(Set.of("id")),
                new Condition.Comparison(
                        Condition.Operator.EQUAL, new Operand.Column(0, "id", INTEGER), new Operand.Parameter(0)),
                Map.of("id", new TableUse.Pin(INTEGER, List.of(new Operand.Parameter(0)))),
                null);
        var template = new QueryTemplate(QueryTemplate.Operation.GET, List.of(use), 1, Set.of());
        return new Query(template, "SELECT id, v FROM " + table + " WHERE id = ?", Parameters.of(id));
    }

    /** {@code SELECT id, v FROM table WHERE id + 0 = ?}, as it were: it depends on one row, and pins no column. */
    static Query unpinned(TableName table, long id) {
        Query pinned = byId(table, id);
        TableUse use = pinned.template().uses().get(0);
        TableUse unpinned = new TableUse(
                use.index(),
                use.alias(),
                use.table(),
                use.columnsRead(),
                use.membershipColumns(),
                use.condition(),
                Map.of(),
                use.contribution());
        var template = new QueryTemplate(QueryTemplate.Operation.GET, List.of(unpinned), 1, Set.of());
        return new Query(template, "SELECT id, v FROM " + table + " WHERE id + 0 = ?", Parameters.of(id));
    }

    /** {@code SELECT id, v FROM table}. */
    static Query all(TableName table) {
        TableUse use =
                new TableUse(0, "t", table, ColumnSet.ALL, ColumnSet.of(Set.of("id")), Condition.TRUE, Map.of(), null);
        var template = new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(use), 0, Set.of());
        return new Query(template, "SELECT id, v FROM " + table, Parameters.NONE);
    }

    static EntryKey key(Query query) {
        String name = query.sql() + query.parameters();
        return new EntryKey(name, name.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code UPDATE table SET v = ... WHERE id = ?}. */
    static ChangeEvent update(TableName table, long id) {
        Image row = new Image(Map.of("id", new AbstractValue.Exact(id)));
        return ChangeEvent.update(table, row, row, ColumnSet.of(Set.of("v")));
    }
}
