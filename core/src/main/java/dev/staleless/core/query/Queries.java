package dev.staleless.core.query;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes queries that no statement stands for. */
public final class Queries {

    private Queries() {}

    /** A query that any change of the table may alter. */
    public static Query everyRow(TableName table) {
        return new Query(template(table, Condition.TRUE, Map.of()), "every row of " + table, Parameters.NONE);
    }

    /** A query for the rows with these values, of which nothing is known but that. */
    public static Query rows(TableName table, Map<String, Long> values) {
        ColumnType type = new ColumnType(ColumnType.Kind.INTEGER, -1, 0, ColumnType.Equality.EXACT);
        List<Condition> conditions = new ArrayList<>();
        Map<String, TableUse.Pin> pins = new LinkedHashMap<>();
        new TreeMap<>(values).forEach((column, value) -> {
            Operand constant = new Operand.Literal(value, false);
            conditions.add(
                    new Condition.Comparison(Condition.Operator.EQUAL, new Operand.Column(0, column, type), constant));
            pins.put(column, new TableUse.Pin(type, List.of(constant)));
        });
        return new Query(
                template(table, new Condition.And(conditions), pins),
                "rows of " + table + " with " + values,
                Parameters.NONE);
    }

    private static QueryTemplate template(TableName table, Condition condition, Map<String, TableUse.Pin> pins) {
        TableUse use = new TableUse(0, table.name(), table, ColumnSet.ALL, ColumnSet.ALL, condition, pins, null);
        return new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(use), 0, Set.of());
    }
}
