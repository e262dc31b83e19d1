package dev.staleless.sql.oracle;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;

/** Tells of one occurrence what a condition says of another. */
record Renumbering(int from, int to) {

    Condition of(Condition condition) {
        if (condition instanceof Condition.And and) {
            return new Condition.And(and.parts().stream().map(this::of).toList());
        }
        if (condition instanceof Condition.Or or) {
            return new Condition.Or(or.parts().stream().map(this::of).toList());
        }
        if (condition instanceof Condition.Not not) {
            return new Condition.Not(of(not.of()));
        }
        if (condition instanceof Condition.Comparison comparison) {
            return new Condition.Comparison(
                    comparison.operator(), operand(comparison.left()), operand(comparison.right()));
        }
        if (condition instanceof Condition.In in) {
            return new Condition.In(operand(in.operand()), in.values());
        }
        return condition instanceof Condition.IsNull isNull
                ? new Condition.IsNull(operand(isNull.operand()))
                : condition;
    }

    private Operand operand(Operand operand) {
        return operand instanceof Operand.Column column && column.use() == from
                ? new Operand.Column(to, column.column(), column.type())
                : operand;
    }
}
