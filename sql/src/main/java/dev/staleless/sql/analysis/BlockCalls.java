package dev.staleless.sql.analysis;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What calls stand in some expressions of a block that decide what a row of its result is made of: aggregates, window
 * functions, functions that give several rows. Calls in sub-queries are the sub-query's own, but for an aggregate: it belongs to
 * the block whose columns it takes.
 */
final class BlockCalls {

    private boolean aggregates;
    private boolean others;

    private BlockCalls() {}

    static BlockCalls in(List<? extends Node> expressions) {
        BlockCalls calls = new BlockCalls();
        expressions.forEach(calls::visit);
        return calls;
    }

    boolean aggregates() {
        return aggregates;
    }

    /** Whether there is a window function, one that gives several rows, or an aggregate of which it is not sure whose it is. */
    boolean others() {
        return others;
    }

    private void visit(Node node) {
        if (node instanceof Query query) {
            nested(query, new HashSet<>());
            return;
        }
        if (node instanceof Expr.Call call) {
            String name = name(call);
            boolean several = Builtins.isWindow(name) || Builtins.returnsSet(name) || call.over() != null;
            others |= several;
            aggregates |= !several && Builtins.isAggregate(name);
        }
        node.forEachChild(this::visit);
    }

    static String name(Expr.Call call) {
        return call.name().get(call.name().size() - 1).text();
    }

    /** Looks for aggregates in a sub-query that might take columns of the block around it. */
    private void nested(Node node, Set<String> aliases) {
        Set<String> own = aliases;
        if (node instanceof Query.Select select) {
            own = new HashSet<>();
            for (TableRef ref : select.from()) {
                addAliases(ref, own);
            }
        }
        if (node instanceof Expr.Call call && Builtins.isAggregate(name(call)) && !takesOnly(call, own)) {
            others = true;
        }
        Set<String> inside = own;
        node.forEachChild(child -> nested(child, inside));
    }

    private static boolean takesOnly(Node node, Set<String> aliases) {
        if (node instanceof Expr.Column column) {
            List<Name> parts = column.parts();
            return parts.size() == 2 && aliases.contains(parts.get(0).text());
        }
        boolean[] only = {!(node instanceof Query)};
        node.forEachChild(child -> only[0] &= takesOnly(child, aliases));
        return only[0];
    }

    private static void addAliases(TableRef ref, Set<String> aliases) {
        if (ref instanceof TableRef.Table table) {
            TableRef.Alias alias = table.alias();
            aliases.add(
                    alias != null
                            ? alias.name().text()
                            : table.name().get(table.name().size() - 1).text());
        } else if (ref instanceof TableRef.Derived derived && derived.alias() != null) {
            aliases.add(derived.alias().name().text());
        } else if (ref instanceof TableRef.Join join) {
            addAliases(join.left(), aliases);
            addAliases(join.right(), aliases);
        }
    }
}
