package dev.staleless.sql.analysis;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.OrderItem;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.List;
import java.util.Set;

/**
 * Looks in a query for names that may mean something of the side of an outer join which may be filled with NULLs: everywhere but
 * within that side, in ON of the join, and in the list of results.
 */
final class OuterNames {

    private final QueryAnalysis.FromItem side;
    private final TableRef.Join join;
    private boolean found;

    private OuterNames(QueryAnalysis.FromItem side, TableRef.Join join) {
        this.side = side;
        this.join = join;
    }

    static boolean mayName(QueryAnalysis.FromItem side, TableRef.Join join, ResultView view) {
        Query query = view.query();
        Query.Select block = view.block();
        if (query.with() != null
                || block.from().stream().anyMatch(ResultView::mergesColumns)
                || !sortsByTablesOnly(query, block)) {
            return true;
        }
        OuterNames names = new OuterNames(side, join);
        block.from().forEach(names::visit);
        Node.each(names::visit, block.where());
        block.groupBy().forEach(names::visit);
        query.orderBy().forEach(names::visit);
        return names.found;
    }

    /** Whether no key of ORDER BY can mean a column of the result that is more than a column of a table. */
    static boolean sortsByTablesOnly(Query query, Query.Select block) {
        for (OrderItem item : query.orderBy()) {
            if (!(item.expr() instanceof Expr.Column column)) {
                return false;
            }
            String name = column.parts().get(0).text();
            boolean label =
                    column.parts().size() == 1 && block.items().stream().anyMatch(result -> isOther(result, name));
            if (label) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOther(Query.Item item, String name) {
        Name alias = item.alias();
        return alias != null && alias.text().equalsIgnoreCase(name);
    }

    private void visit(Node node) {
        if (node == side.ref() || found) {
            return;
        }
        if (node == join) {
            visit(join.left());
            visit(join.right());
            return;
        }
        if (node instanceof Expr.Column column) {
            found = column(column.parts());
        } else if (node instanceof Expr.Star || node instanceof Expr.FieldStar) {
            found = true;
        }
        node.forEachChild(this::visit);
    }

    private boolean column(List<Name> parts) {
        String last = parts.get(parts.size() - 1).text();
        for (Source source : side.sources()) {
            boolean named = parts.size() == 1
                    ? last.equalsIgnoreCase(source.alias()) || mayHave(source, last)
                    : parts.get(parts.size() - 2).text().equalsIgnoreCase(source.alias())
                            || parts.get(0).text().equalsIgnoreCase(source.alias());
            if (named) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHave(Source source, String name) {
        if (source instanceof Source.Base base) {
            return base.renamed()
                    || SystemColumns.contains(name)
                    || base.table().columns().stream()
                            .anyMatch(column -> column.name().equalsIgnoreCase(name));
        }
        if (source instanceof Source.Derived derived) {
            return derived.mayHave(name);
        }
        Set<String> columns = ((Source.Other) source).columns();
        return columns == null || columns.contains(name);
    }
}
