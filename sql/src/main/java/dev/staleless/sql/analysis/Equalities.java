package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Comparison;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries constants over equalities between columns: of a combination of rows for which {@code a.x = b.y} and {@code b.y = 5}
 * are both true, {@code a.x = 5} is true as well.
 *
 * <p>That needs one and the same equality for all three, so both columns must be of the same type, of a kind with one sure
 * equality. It is said only of conditions that hold for the same combinations, so all given ones must be conjuncts that hold
 * for each combination in which the occurrence takes part. IN lists are carried in the same way.
 */
final class Equalities {

    private final Map<Operand.Column, Set<Operand.Column>> equal = new LinkedHashMap<>();
    private final Map<Operand.Column, List<Condition>> constants = new LinkedHashMap<>();

    private Equalities() {}

    /** What follows from the conditions, without themselves. */
    static List<Condition> implied(List<Condition> conditions) {
        Equalities equalities = new Equalities();
        flatten(conditions).forEach(equalities::add);
        List<Condition> implied = new ArrayList<>();
        for (Operand.Column column : equalities.equal.keySet()) {
            for (Operand.Column reached : equalities.reachable(column)) {
                for (Condition constant : equalities.constants.getOrDefault(reached, List.of())) {
                    implied.add(replace(constant, column));
                }
            }
        }
        return implied;
    }

    /** The conjuncts of conjunctions. */
    static List<Condition> flatten(List<Condition> conditions) {
        List<Condition> flat = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition instanceof Condition.And and) {
                flat.addAll(flatten(and.parts()));
            } else {
                flat.add(condition);
            }
        }
        return flat;
    }

    private void add(Condition condition) {
        if (condition instanceof Condition.In in
                && in.operand() instanceof Operand.Column column
                && in.values().stream().allMatch(Operands::isConstant)) {
            constants.computeIfAbsent(column, c -> new ArrayList<>()).add(in);
        }
        if (!(condition instanceof Comparison comparison) || comparison.operator() != Operator.EQUAL) {
            return;
        }
        if (comparison.left() instanceof Operand.Column left && comparison.right() instanceof Operand.Column right) {
            if (sameEquality(left.type(), right.type())) {
                equal.computeIfAbsent(left, c -> new HashSet<>()).add(right);
                equal.computeIfAbsent(right, c -> new HashSet<>()).add(left);
            }
        } else if (comparison.left() instanceof Operand.Column column && Operands.isConstant(comparison.right())) {
            constants.computeIfAbsent(column, c -> new ArrayList<>()).add(comparison);
        } else if (comparison.right() instanceof Operand.Column column && Operands.isConstant(comparison.left())) {
            constants
                    .computeIfAbsent(column, c -> new ArrayList<>())
                    .add(new Comparison(Operator.EQUAL, column, comparison.left()));
        }
    }

    private static boolean sameEquality(ColumnType left, ColumnType right) {
        if (left.kind() != right.kind()) {
            return false;
        }
        return switch (left.kind()) {
            case INTEGER, BOOLEAN, UUID, DATE, BYTES -> true;
            case TEXT ->
                left.equality() != ColumnType.Equality.UNKNOWN && right.equality() != ColumnType.Equality.UNKNOWN;
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

    private static Condition replace(Condition constant, Operand.Column column) {
        return constant instanceof Condition.In in
                ? new Condition.In(column, in.values())
                : new Comparison(Operator.EQUAL, column, ((Comparison) constant).right());
    }
}
