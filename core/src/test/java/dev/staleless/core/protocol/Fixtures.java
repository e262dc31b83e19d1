package dev.staleless.core.protocol;

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
public final class Fixtures {

    public static final ColumnType INTEGER = new ColumnType(ColumnType.Kind.INTEGER, -1, -1, ColumnType.Equality.EXACT);
    public static final TableName ITEM = new TableName("public", "item");
    public static final TableName OTHER = new TableName("public", "other");

    private Fixtures() {}

    public static Table table(TableName name) {
        List<Column> columns =
                List.of(new Column("id", INTEGER, false, false, false), new Column("v", INTEGER, true, false, false));
        return new Table(name, columns, List.of("id"), List.of("id"), List.of(), Set.of());
    }

    /** {@code SELECT id, v FROM table WHERE id = ?}. */
    public static Query byId(TableName table, long id) {
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

    /** {@code SELECT id, v FROM table}. */
    public static Query all(TableName table) {
        TableUse use =
                new TableUse(0, "t", table, ColumnSet.ALL, ColumnSet.of(Set.of("id")), Condition.TRUE, Map.of(), null);
        var template = new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(use), 0, Set.of());
        return new Query(template, "SELECT id, v FROM " + table, Parameters.NONE);
    }

    public static EntryKey key(Query query) {
        String name = query.sql() + query.parameters();
        return new EntryKey(name, name.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code UPDATE table SET v = ... WHERE id = ?}. */
    public static ChangeEvent update(TableName table, long id) {
        Image row = new Image(Map.of("id", new AbstractValue.Exact(id)));
        return ChangeEvent.update(table, row, row, ColumnSet.of(Set.of("v")));
    }
}
