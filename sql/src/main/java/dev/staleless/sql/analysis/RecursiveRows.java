package dev.staleless.sql.analysis;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that shows all rows of one recursive common table expression, whose parts are plain blocks: {@code WITH RECURSIVE r AS
 * (SELECT .. UNION [ALL] SELECT ..) SELECT .. FROM r}.
 *
 * @param parts the blocks of the union
 * @param shown for each column of the result the number of the column of the expression that it is; -1 for others
 */
record RecursiveRows(List<Query.Select> parts, List<Integer> shown) {

    /** Null if it is another. */
    static @Nullable RecursiveRows of(Query query) {
        With with = query.with();
        if (with == null) {
            return null;
        }
        boolean plain = with.recursive() && with.ctes().size() == 1 && query.limit() == null && query.offset() == null;
        if (!plain
                || !(query.body() instanceof Query.Select select)
                || !isWhole(select, with.ctes().get(0))) {
            return null;
        }
        With.Cte cte = with.ctes().get(0);
        List<Query.Select> parts = parts(cte);
        List<String> names = parts.isEmpty() ? null : names(cte, parts.get(0));
        return names == null ? null : new RecursiveRows(parts, shown(select, names));
    }

    /** Whether a block gives all rows of the expression, and nothing else. */
    private static boolean isWhole(Query.Select select, With.Cte cte) {
        return select.from().size() == 1
                && select.from().get(0) instanceof TableRef.Table table
                && table.name().size() == 1
                && table.name().get(0).text().equals(cte.name().text())
                && (table.alias() == null || table.alias().columns().isEmpty())
                && select.where() == null
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.distinctOn().isEmpty();
    }

    private static List<Query.Select> parts(With.Cte cte) {
        boolean union = cte.statement() instanceof Query query
                && isBare(query)
                && query.body() instanceof Query.SetOperation operation
                && operation.operator().startsWith("union")
                && isBare(operation.left())
                && isBare(operation.right());
        if (!union) {
            return List.of();
        }
        Query.SetOperation operation = (Query.SetOperation) ((Query) cte.statement()).body();
        List<Query.Select> parts = new ArrayList<>();
        for (Query part : List.of(operation.left(), operation.right())) {
            if (!(part.body() instanceof Query.Select select) || !isPlain(select)) {
                return List.of();
            }
            parts.add(select);
        }
        return parts;
    }

    private static boolean isBare(Query query) {
        return query.with() == null
                && query.limit() == null
                && query.offset() == null
                && query.orderBy().isEmpty();
    }

    private static boolean isPlain(Query.Select select) {
        BlockCalls calls = BlockCalls.in(select.items());
        return !calls.aggregates()
                && !calls.others()
                && select.distinctOn().isEmpty()
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.windows().isEmpty()
                && select.items().stream()
                        .noneMatch(item -> item.expr() instanceof Expr.Star || item.expr() instanceof Expr.FieldStar);
    }

    /** Null if one is not known. */
    private static @Nullable List<String> names(With.Cte cte, Query.Select first) {
        List<String> names = new ArrayList<>();
        if (!cte.columns().isEmpty()) {
            cte.columns().forEach(name -> names.add(name.text()));
            return names;
        }
        for (Query.Item item : first.items()) {
            String name = ResultColumns.name(item);
            if (name == null) {
                return null;
            }
            names.add(name);
        }
        return names;
    }

    private static List<Integer> shown(Query.Select select, List<String> names) {
        List<Integer> shown = new ArrayList<>();
        for (Query.Item item : select.items()) {
            int index = -1;
            if (item.expr() instanceof Expr.Column column) {
                String name = column.parts().get(column.parts().size() - 1).text();
                index = names.indexOf(name) == names.lastIndexOf(name) ? names.indexOf(name) : -1;
            }
            shown.add(index);
        }
        return shown;
    }

    /** What a column of the result is in a part; null if it is no expression of it. */
    @Nullable
    Expr column(Query.Select part, int position) {
        int index = position < shown.size() ? shown.get(position) : -1;
        return index < 0 || index >= part.items().size()
                ? null
                : part.items().get(index).expr();
    }
}
