package dev.staleless.sql.analysis;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.With;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of a query's result columns, where they can be told without the database. */
final class ResultColumns {

    private ResultColumns() {}

    /** Null if not known. */
    static @Nullable Set<String> of(With.Cte cte) {
        return cte.columns().isEmpty() && cte.statement() instanceof Query query ? of(query) : null;
    }

    /** Null if not known. */
    static @Nullable Set<String> of(Query query) {
        Query.Body body = query.body();
        while (body instanceof Query.SetOperation operation) {
            body = operation.left().body();
        }
        if (!(body instanceof Query.Select select)) {
            return null;
        }
        Set<String> names = new HashSet<>();
        for (Query.Item item : select.items()) {
            String name = name(item);
            if (name == null) {
                return null;
            }
            names.add(name);
        }
        return names;
    }

    /** The name of a result column: its label, or that of the column it is. */
    static @Nullable String name(Query.Item item) {
        Name alias = item.alias();
        if (alias != null) {
            return alias.text();
        }
        if (item.expr() instanceof Expr.Column column) {
            List<Name> parts = column.parts();
            return parts.get(parts.size() - 1).text();
        }
        return null;
    }
}
