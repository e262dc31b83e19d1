package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.sql.analysis.QueryAnalysis.FromItem;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells which conditions every row of a table occurrence must meet to take part in a block's result, going down the joins of
 * its FROM.
 *
 * <ul>
 *   <li>Inner join: a combination of rows is in the result only if WHERE and ON are true for it, so both restrict both
 *       sides.
 *   <li>Outer join, the preserved side: its rows stay without partner as well, so ON does not restrict it; what restricts
 *       the join does.
 *   <li>Outer join, the side that may be filled with NULLs: a row of it matters as soon as ON is true for it, even if WHERE
 *       then drops the combination, for without it a row of NULLs would stand there. So only ON restricts it, and of the
 *       conditions from outside those that name nothing of this side: they are true or not for the preserved row whatever
 *       this side has, so that a row which ON joins only to preserved rows they drop does not matter.
 *   <li>Full join: neither. A row without partner stays, filled with NULLs.
 *   <li>An outer join of which a condition from outside drops every filled combination is an inner one; see {@link
 *       NullRejection}.
 *   <li>USING and NATURAL are equalities in ON.
 *   <li>What holds for a derived table holds for the tables in it; see {@link Block}.
 * </ul>
 */
final class JoinConditions {

    /** With more tables than these, what follows from equalities is not looked for. */
    private static final int MANY = 64;

    private static final int MAX_STEPS = 2_000_000;

    private final List<TableOccurrence> occurrences;
    private final List<Condition> facts;

    /**
     * @param facts known of the rows of the blocks around, for which alone this block matters
     */
    JoinConditions(List<TableOccurrence> occurrences, List<Condition> facts) {
        this.occurrences = occurrences;
        this.facts = facts;
    }

    /** Gives each occurrence in a part of FROM its conditions. */
    void assign(FromItem item, List<Conjunct> outside) {
        assign(item, outside, Standing.INNER);
    }

    private void assign(FromItem item, List<Conjunct> outside, Standing standing) {
        FromItem left = item.left();
        FromItem right = item.right();
        if (left == null || right == null) {
            for (Source source : item.sources()) {
                if (source instanceof Source.Base base) {
                    occurrences.get(base.index()).standing = standing;
                    add(occurrences.get(base.index()), outside);
                } else if (source instanceof Source.Derived derived) {
                    derived.query().stand(standing);
                    derived.query().assign(derived, outside, facts);
                }
            }
            return;
        }
        TableRef.Join join = (TableRef.Join) item.ref();
        List<Conjunct> on = item.conjuncts();
        List<Conjunct> both = new ArrayList<>(outside);
        both.addAll(on);
        switch (kind(join, left, right, outside)) {
            case INNER, CROSS -> {
                assign(left, both, standing);
                assign(right, both, standing);
            }
            case LEFT -> {
                assign(left, outside, standing);
                assign(right, filled(right, outside, on), standing.filledBy(join, right));
            }
            case RIGHT -> {
                assign(left, filled(left, outside, on), standing.filledBy(join, left));
                assign(right, outside, standing);
            }
            case FULL -> {
                assign(left, List.of(), Standing.OTHER);
                assign(right, List.of(), Standing.OTHER);
            }
        }
    }

    /** The kind of join that it is in effect. */
    private static TableRef.JoinKind kind(TableRef.Join join, FromItem left, FromItem right, List<Conjunct> outside) {
        FromItem filled = switch (join.kind()) {
            case LEFT -> right;
            case RIGHT -> left;
            default -> null;
        };
        boolean inner = filled != null && outside.stream().anyMatch(conjunct -> rejectsNull(conjunct, filled));
        return inner ? TableRef.JoinKind.INNER : join.kind();
    }

    private static boolean rejectsNull(Conjunct conjunct, FromItem side) {
        Expr expr = conjunct.expr();
        return expr != null && NullRejection.test(expr, conjunct.scope(), side);
    }

    private static List<Conjunct> filled(FromItem side, List<Conjunct> outside, List<Conjunct> on) {
        List<Conjunct> conditions = new ArrayList<>(on);
        for (Conjunct conjunct : outside) {
            Expr expr = conjunct.expr();
            if (expr != null && namesOnlyTablesOutside(expr, side, conjunct.scope())) {
                conditions.add(conjunct);
            }
        }
        return conditions;
    }

    /** Whether each column in it is surely one of a table that is not on this side, and there is no sub-query. */
    private static boolean namesOnlyTablesOutside(Node node, FromItem side, Scope scope) {
        if (node instanceof Query || node instanceof Expr.Star) {
            return false;
        }
        if (node instanceof Expr.Column column) {
            Scope.Resolved resolved = scope.resolve(column);
            return resolved != null && !side.contains(resolved.source().index());
        }
        boolean[] only = {true};
        node.forEachChild(child -> only[0] &= namesOnlyTablesOutside(child, side, scope));
        return only[0];
    }

    private void add(TableOccurrence occurrence, List<Conjunct> conjuncts) {
        if ((long) occurrences.size() * conjuncts.size() > MAX_STEPS) {
            return; // no condition is one that always holds
        }
        List<Condition> conditions = new ArrayList<>();
        List<Condition> known = new ArrayList<>(facts);
        for (Conjunct conjunct : conjuncts) {
            known.add(conjunct.condition());
            // of one that says nothing of this table, nothing would be known
            if (conjunct.uses().isEmpty() || conjunct.uses().contains(occurrence.index)) {
                conditions.add(conjunct.condition());
            }
        }
        if (occurrences.size() <= MANY) {
            conditions.addAll(Equalities.implied(known, occurrence.index));
        }
        occurrence.conditions.addAll(conditions);
        Pins.collect(conditions, occurrence.index, occurrence.pins);
    }
}
