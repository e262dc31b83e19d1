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
            } else if (condition instanceof Condition.Quantified quantified) {
                boolean equal = quantified.operator() == Operator.EQUAL && !quantified.all();
                if (equal && Operands.isConstant(quantified.array())) {
                    put(quantified.operand(), List.of(new Operand.Elements(quantified.array())), use, into);
                }
            } else if (condition instanceof Condition.Comparison comparison
                    && comparison.operator() == Operator.EQUAL) {
                add(comparison.left(), List.of(comparison.right()), use, into);
                add(comparison.right(), List.of(comparison.left()), use, into);
            }
        }
    }

    private static void add(Operand operand, List<Operand> values, int use, Map<String, TableUse.Pin> into) {
        if (!values.isEmpty() && values.stream().allMatch(Operands::isConstant)) {
            put(operand, values, use, into);
        }
    }

    private static void put(Operand operand, List<Operand> values, int use, Map<String, TableUse.Pin> into) {
        if (!(operand instanceof Operand.Column column) || column.use() != use) {
            return;
        }
        TableUse.Pin known = into.get(column.column());
        boolean fewer = known == null
                || isArray(known.values())
                || !isArray(values) && values.size() < known.values().size();
        if (fewer) {
            into.put(column.column(), new TableUse.Pin(column.type(), values));
        }
    }

    /** A bound array may have many elements. */
    private static boolean isArray(List<Operand> values) {
        return values.get(0) instanceof Operand.Elements;
    }
}
