package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.condition.Operand;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Statement.Assignment;
import dev.staleless.sql.tree.Statement.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What SET and INSERT assign to which column. */
final class Assignments {

    private Assignments() {}

    /** The columns that are assigned, with a constant or {@link Operand#UNKNOWN}. */
    static Map<String, Operand> of(Table table, List<Assignment> assignments, Scope scope) {
        Map<String, Operand> assigned = new HashMap<>();
        for (Assignment assignment : assignments) {
            List<Target> targets = assignment.targets();
            for (int i = 0; i < targets.size(); i++) {
                assigned.put(targets.get(i).column().text(), value(table, targets.get(i), part(assignment, i), scope));
            }
        }
        return assigned;
    }

    /** The expression for one target; null if it is a field of something. */
    private static @Nullable Expr part(Assignment assignment, int index) {
        if (!assignment.row()) {
            return assignment.value();
        }
        boolean fits = assignment.value() instanceof Expr.Row row
                && row.fields().size() == assignment.targets().size();
        return fits ? ((Expr.Row) assignment.value()).fields().get(index) : null;
    }

    /** What a column gets: a constant or {@link Operand#UNKNOWN}. */
    static Operand value(Table table, Target target, @Nullable Expr value, Scope scope) {
        if (target.partial() || value == null) {
            return Operand.UNKNOWN;
        }
        if (value instanceof Expr.Default) {
            return defaultOf(table.column(target.column().text()));
        }
        Operand operand = Operands.of(value, scope);
        return Operands.isConstant(operand) ? operand : Operand.UNKNOWN;
    }

    /** What a column gets that no value is given for: NULL if it has no default. */
    static Operand defaultOf(@Nullable Column column) {
        boolean isNull = column != null && !column.hasDefault() && !column.computed();
        return isNull ? new Operand.Literal(null, false) : Operand.UNKNOWN;
    }
}
