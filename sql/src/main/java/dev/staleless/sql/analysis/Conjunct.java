package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Columns;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.sql.tree.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the conditions that all must be true, and what its names mean. It is translated once, whatever number of tables it restricts. */
final class Conjunct {

    private final @Nullable Expr expr;
    private final @Nullable Scope scope;
    private @Nullable Condition condition;
    private @Nullable Set<Integer> uses;

    private Conjunct(@Nullable Expr expr, @Nullable Scope scope, @Nullable Condition condition) {
        this.expr = expr;
        this.scope = scope;
        this.condition = condition;
    }

    /**
     * Written in the statement.
     *
     * @param scope of WHERE the whole block, of ON the two sides of the join
     */
    static Conjunct of(Expr expr, Scope scope) {
        return new Conjunct(expr, scope, null);
    }

    /** Meant, but not written as a condition. */
    static Conjunct of(Condition condition) {
        return new Conjunct(null, null, condition);
    }

    static List<Conjunct> all(@Nullable Expr expr, Scope scope) {
        List<Conjunct> conjuncts = new ArrayList<>();
        Conditions.conjuncts(expr).forEach(conjunct -> conjuncts.add(of(conjunct, scope)));
        return conjuncts;
    }

    @Nullable
    Expr expr() {
        return expr;
    }

    /** What the names in {@link #expr} mean. */
    Scope scope() {
        return Objects.requireNonNull(scope);
    }

    Condition condition() {
        Condition known = condition;
        if (known == null) {
            known = Conditions.of(Objects.requireNonNull(expr), scope());
            condition = known;
        }
        return known;
    }

    /** The occurrences whose columns are in it. */
    Set<Integer> uses() {
        Set<Integer> known = uses;
        if (known == null) {
            known = new HashSet<>();
            for (Operand.Column column : Columns.of(condition())) {
                known.add(column.use());
            }
            uses = known;
        }
        return known;
    }

    /** The same, with the columns of one arm of a set operation for those of the derived table that it is. */
    Conjunct inArm(Source.Derived derived, int arm) {
        return expr == null || scope == null ? this : of(expr, scope.inArm(derived, arm));
    }
}
