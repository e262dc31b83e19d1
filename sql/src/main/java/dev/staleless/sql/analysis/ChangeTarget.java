package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.condition.Condition;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table that a change changes, as occurrence 0 of an analysis of its own, and what its expressions can name.
 *
 * @param ctes visible in the change, its own WITH included
 */
record ChangeTarget(Table table, QueryAnalysis queries, Scope scope, CteScope ctes) {

    /** Adds what stands in FROM or USING. */
    void from(List<TableRef> refs) {
        refs.forEach(ref -> queries.from(ref, scope, ctes));
    }

    void check(@Nullable Expr expr) {
        if (expr != null) {
            queries.expressions().check(expr, scope, ctes);
        }
    }

    void checkAll(List<? extends Node> nodes) {
        nodes.forEach(node -> queries.expressions().checkChildren(node, scope, ctes));
    }

    void query(Query query) {
        queries.query(query, null, ctes);
    }

    /** The conjuncts of a condition, and what follows from them. */
    List<Condition> conditions(@Nullable Expr where) {
        List<Condition> conditions = new ArrayList<>();
        Conditions.conjuncts(where).forEach(expr -> conditions.add(Conditions.of(expr, scope)));
        conditions.addAll(Equalities.implied(conditions, 0));
        return conditions;
    }
}
