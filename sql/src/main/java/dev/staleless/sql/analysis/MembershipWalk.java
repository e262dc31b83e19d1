package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.OrderItem;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the names that may mean a column of one occurrence everywhere in a single-block query but in its list of results.
 * A name counts unless it stands behind the alias of something else.
 */
final class MembershipWalk {

    private final TableOccurrence occurrence;
    private final Set<String> names;
    private final Scope scope;
    private boolean known = true;

    /** @param scope of the block */
    MembershipWalk(TableOccurrence occurrence, Set<String> names, Scope scope) {
        this.scope = scope;
        this.occurrence = occurrence;
        this.names = names;
    }

    /** False if a whole row stands there, or the query is too unusual: every column that is read counts then. */
    boolean walk(Query query, Query.Select select) {
        if (query.with() != null) {
            return false;
        }
        select.from().forEach(this::visit);
        Node.each(this::visit, select.where());
        boolean dependent = groupsByKey(select);
        for (Expr expr : select.groupBy()) {
            if (!dependent || !isOwn(expr)) {
                visit(expr);
            }
        }
        for (OrderItem item : query.orderBy()) {
            order(item.expr(), select);
        }
        return known;
    }

    /** Whether the whole primary key is among what is grouped by: then the row's other columns make no further groups. */
    private boolean groupsByKey(Query.Select select) {
        Set<String> grouping = new HashSet<>();
        for (Expr expr : select.groupBy()) {
            if (isOwn(expr)) {
                List<Name> parts = ((Expr.Column) expr).parts();
                grouping.add(parts.get(parts.size() - 1).text());
            }
        }
        List<String> key = occurrence.table.primaryKey();
        return !key.isEmpty() && !occurrence.table.is(Table.Trait.INHERITANCE) && grouping.containsAll(key);
    }

    private boolean isOwn(Expr expr) {
        Scope.Resolved resolved = expr instanceof Expr.Column column ? scope.resolve(column) : null;
        return resolved != null && resolved.source().index() == occurrence.index;
    }

    /** ORDER BY may name a result column by its number or its label, in some databases anywhere in an expression. */
    private void order(Expr expr, Query.Select select) {
        visit(expr);
        Expr numbered = numbered(expr, select);
        if (numbered != null) {
            visit(numbered);
        } else if (expr instanceof Expr.Literal || namesLabel(expr, select)) {
            select.items().forEach(this::visit);
        }
    }

    private static @Nullable Expr numbered(Expr expr, Query.Select select) {
        boolean number = expr instanceof Expr.Literal literal
                && literal.kind() == Expr.LiteralKind.NUMBER
                && literal.text().matches("[0-9]{1,4}")
                && select.items().stream().noneMatch(item -> item.expr() instanceof Expr.Star);
        int index = number ? Integer.parseInt(((Expr.Literal) expr).text()) - 1 : -1;
        return index >= 0 && index < select.items().size()
                ? select.items().get(index).expr()
                : null;
    }

    private static boolean namesLabel(Node node, Query.Select select) {
        if (node instanceof Expr.Column column && column.parts().size() == 1) {
            return select.items().stream()
                    .anyMatch(item -> isLabel(item, column.parts().get(0)));
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= namesLabel(child, select));
        return found[0];
    }

    /** What a star stands for has the names of the columns themselves. */
    private static boolean isLabel(Query.Item item, Name name) {
        return item.alias() != null && item.alias().text().equalsIgnoreCase(name.text());
    }

    private void visit(Node node) {
        if (node instanceof Expr.Column column) {
            column(column.parts());
        } else if (node instanceof Expr.Star || node instanceof Expr.FieldStar) {
            known = false;
        } else if (node instanceof TableRef.Join join) {
            join.using().forEach(name -> names.add(name.text()));
            known &= !join.natural();
        }
        node.forEachChild(this::visit);
    }

    private void column(List<Name> parts) {
        String last = parts.get(parts.size() - 1).text();
        if (SystemColumns.contains(last) || parts.size() == 1 && last.equals(occurrence.alias)) {
            known = false;
        }
        boolean other = parts.size() == 2 && !parts.get(0).text().equals(occurrence.alias);
        if (!other) {
            names.add(last);
        }
    }
}
