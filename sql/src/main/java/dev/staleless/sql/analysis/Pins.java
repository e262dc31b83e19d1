package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.TableUse;
import java.util.List;
import java.util.Map;

/** Finds the columns of an occurrence that conjuncts hold equal to constants. */
final class Pins {

    private Pins() {}

    /** Adds the pinned columns; of several conditions on a column, the one with the fewest values. */
    static void collect(List<Condition> conjuncts, int use, Map<String, TableUse.Pin> into) {
        for (Condition condition : conjuncts) {
            if (condition instanceof Condition.And and) {
                collect(and.parts(), use, into);
            } else if (condition instanceof Condition.In in) {
                add(in.operand(), in.values(), use, into);
            } else if (condition instanceof Condition.Comparison comparison
                    && comparison.operator() == Operator.EQUAL) {
                add(comparison.left(), List.of(comparison.right()), use, into);
                add(comparison.right(), List.of(comparison.left()), use, into);
            }
        }
    }

    private static void add(Operand operand, List<Operand> values, int use, Map<String, TableUse.Pin> into) {
        if (!(operand instanceof Operand.Column column)
                || column.use() != use
                || !values.stream().allMatch(Operands::isConstant)) {
            return;
        }
        TableUse.Pin known = into.get(column.column());
        if (known == null || values.size() < known.values().size()) {
            into.put(column.column(), new TableUse.Pin(column.type(), values));
        }
    }
}
