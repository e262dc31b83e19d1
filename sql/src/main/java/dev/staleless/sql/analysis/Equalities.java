package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Columns;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Comparison;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries what is known of one column over equalities to others: of a combination of rows for which {@code a.x = b.y} and {@code b.y
 * = 5} are both true, {@code a.x = 5} is true as well.
 *
 * <p>That needs columns of which equal values are one and the same in every condition: of the same kind, one with a sure equality,
 * and texts under collations of which the same is known. It is said only of conditions that hold for the same combinations, so all
 * given ones must be conjuncts that hold for each combination in which the occurrence takes part. Carried over is each condition
 * that names one column only, for then it is true or not by the value of this column alone.
 */
final class Equalities {

    /** What follows beyond these says little more. */
    private static final int MAX_IMPLIED = 200;

    private final Map<Operand.Column, Set<Operand.Column>> equal = new LinkedHashMap<>();
    private final Map<Operand.Column, List<Condition>> known = new LinkedHashMap<>();

    private Equalities() {}

    /** What follows from the conditions, without themselves, for the columns of an occurrence. */
    static List<Condition> implied(List<Condition> conditions, int use) {
        Equalities equalities = new Equalities();
        flatten(conditions).forEach(equalities::add);
        if (equalities.equal.isEmpty()) {
            return List.of();
        }
        List<Condition> implied = new ArrayList<>();
        for (Operand.Column column : equalities.equal.keySet()) {
            if (column.use() == use) {
                equalities.imply(column, implied);
            }
        }
        return implied;
    }

    private void imply(Operand.Column column, List<Condition> implied) {
        for (Operand.Column reached : reachable(column)) {
            for (Condition condition : known.getOrDefault(reached, List.of())) {
                if (implied.size() < MAX_IMPLIED) {
                    implied.add(Columns.replaced(condition, reached, column));
                }
            }
        }
    }

    /** The conjuncts of conjunctions. */
    static List<Condition> flatten(List<Condition> conditions) {
        List<Condition> flat = new ArrayList<>();
        flatten(conditions, flat);
        return flat;
    }

    private static void flatten(List<Condition> conditions, List<Condition> into) {
        for (Condition condition : conditions) {
            if (condition instanceof Condition.And and) {
                flatten(and.parts(), into);
            } else {
                into.add(condition);
            }
        }
    }

    private void add(Condition condition) {
        boolean equality = condition instanceof Comparison comparison
                && comparison.operator() == Operator.EQUAL
                && comparison.left() instanceof Operand.Column
                && comparison.right() instanceof Operand.Column;
        if (equality) {
            Operand.Column left = (Operand.Column) ((Comparison) condition).left();
            Operand.Column right = (Operand.Column) ((Comparison) condition).right();
            if (sameEquality(left.type(), right.type())) {
                equal.computeIfAbsent(left, c -> new LinkedHashSet<>()).add(right);
                equal.computeIfAbsent(right, c -> new LinkedHashSet<>()).add(left);
            }
            return;
        }
        Set<Operand.Column> columns = Columns.of(condition);
        if (columns.size() == 1) {
            known.computeIfAbsent(columns.iterator().next(), c -> new ArrayList<>())
                    .add(condition);
        }
    }

    private static boolean sameEquality(ColumnType left, ColumnType right) {
        if (left.kind() != right.kind()) {
            return false;
        }
        return switch (left.kind()) {
            case INTEGER, BOOLEAN, UUID, DATE, BYTES -> true;
            // two columns that are compared have one collation, or the statement fails
            case FOLDED_TEXT -> left.equality() != ColumnType.Equality.UNKNOWN && left.equality() == right.equality();
            case TEXT -> left.equality() != ColumnType.Equality.UNKNOWN && left.equality() == right.equality();
            default -> false;
        };
    }

    private Set<Operand.Column> reachable(Operand.Column from) {
        Set<Operand.Column> seen = new HashSet<>(Set.of(from));
        List<Operand.Column> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            for (Operand.Column next : equal.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        seen.remove(from);
        return seen;
    }
}
