package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Comparison;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Operand;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.Statement.Assignment;
import java.util.List;
import java.util.Map;

/**
 * The row that stands in the way of an INSERT .. ON CONFLICT DO UPDATE. It is equal to the new row in the columns of the
 * index, where these are told and plain, and it is locked before WHERE is evaluated on it.
 */
record ConflictingRow(ChangeTarget target, Statement.OnConflict conflict, Map<String, Operand> inserted) {

    List<Condition> conditions() {
        List<Condition> conditions = target.conditions(conflict.where());
        for (Expr key : conflict.keys()) {
            Column column = key instanceof Expr.Column name
                    ? target.table().column(last(name).text())
                    : null;
            Operand value = column == null ? Operand.UNKNOWN : inserted.getOrDefault(column.name(), Operand.UNKNOWN);
            if (column != null && Operands.isConstant(value)) {
                conditions.add(
                        new Comparison(Operator.EQUAL, new Operand.Column(0, column.name(), column.type()), value));
            }
        }
        return conditions;
    }

    /** What it gets; {@code excluded.b} is what the new row would have had. */
    Map<String, Operand> assigned() {
        Map<String, Operand> assigned = Assignments.of(target.table(), conflict.assignments(), target.scope());
        for (Assignment assignment : conflict.assignments()) {
            if (!assignment.row()
                    && !assignment.targets().get(0).partial()
                    && assignment.value() instanceof Expr.Column column
                    && column.parts().size() == 2
                    && column.parts().get(0).text().equals("excluded")) {
                assigned.put(
                        assignment.targets().get(0).column().text(),
                        inserted.getOrDefault(last(column).text(), Operand.UNKNOWN));
            }
        }
        return assigned;
    }

    private static Name last(Expr.Column column) {
        return column.parts().get(column.parts().size() - 1);
    }
}
