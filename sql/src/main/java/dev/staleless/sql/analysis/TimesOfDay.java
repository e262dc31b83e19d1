package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.value.ColumnType;
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
 * Finds a clock in disguise: H2 completes a time of day that meets a date or timestamp (in a comparison, a cast, a CASE, a
 * UNION) by today's date. So a column that may be a time is read only where it meets nothing of that kind: shown by itself, in
 * ORDER BY, tested for NULL, or compared with constants and parameters, which have their own test.
 */
final class TimesOfDay {
    private final Set<String> times = new HashSet<>();
    private @Nullable String found;

    private TimesOfDay(List<TableOccurrence> occurrences) {
        for (TableOccurrence occurrence : occurrences) {
            for (Column column : occurrence.table.columns()) {
                ColumnType.Kind kind = column.type().kind();
                // A time with time zone is of no kind that is known.
                if (kind == ColumnType.Kind.TIME || kind == ColumnType.Kind.OTHER) {
                    times.add(column.name());
                }
            }
        }
    }

    /** Whether what has these names may be a time of day of one of the tables from this one on. */
    static boolean mayShow(Identifiers names, List<TableOccurrence> occurrences, int first) {
        TimesOfDay of = new TimesOfDay(occurrences.subList(first, occurrences.size()));
        return of.times.stream().anyMatch(names::contains);
    }

    /** Why the query may depend on today's date; null if it does not. */
    static @Nullable String find(Query query, List<TableOccurrence> occurrences) {
        TimesOfDay check = new TimesOfDay(occurrences);
        if (!check.times.isEmpty()) {
            check.query(query, true);
        }
        return check.found;
    }

    /**
     * Looks at a query.
     *
     * @param seen whether what it selects goes to the application, and nowhere else
     */
    private void query(Query query, boolean seen) {
        if (query.body() instanceof Query.Select select) {
            select.items().forEach(item -> selected(item.expr(), seen));
            select.from().forEach(this::walk);
            each(select.distinctOn());
            each(select.groupBy());
            walkIf(select.where());
            walkIf(select.having());
            each(select.windows());
        } else {
            mixes(query.body());
            query.body().forEachChild(this::walk);
        }
        if (query.with() != null) {
            walk(query.with());
        }
        query.orderBy().forEach(this::walk);
    }

    private void each(List<? extends Node> nodes) {
        nodes.forEach(this::walk);
    }

    private void walkIf(@Nullable Node node) {
        if (node != null) {
            walk(node);
        }
    }

    /** The sides of a set operation, or the rows of VALUES, are brought to one type. */
    private void mixes(Node body) {
        if (mayHoldTime(body)) {
            found = "a time of day stands in a set operation";
        }
    }

    private void selected(Expr expr, boolean seen) {
        if (seen) {
            shown(expr);
        } else if (expr instanceof Expr.Star) {
            found = "a time of day is selected by an inner query";
        } else {
            walk(expr);
        }
    }

    private void shown(Expr expr) {
        if (!(expr instanceof Expr.Column)) {
            walk(expr);
        }
    }

    private void walk(Node node) {
        if (node instanceof Expr.Exists exists) {
            query(exists.query(), true);
        } else if (node instanceof Query query) {
            query(query, false);
        } else if (node instanceof Expr.Column column) {
            if (isTime(column)) {
                found = Name.join(column.parts()) + " may be a time of day, and meets something else";
            }
        } else if (node instanceof OrderItem item) {
            shown(item.expr());
        } else if (node instanceof Expr.Is is && is.operand() instanceof Expr.Column) {
            return;
        } else if (node instanceof TableRef.Join join
                && (join.natural() || !join.using().isEmpty())) {
            if (join.natural() || join.using().stream().anyMatch(name -> times.contains(name.text()))) {
                found = "a join by name may compare a time of day";
            }
            node.forEachChild(this::walk);
        } else if (!comparesWithConstants(node)) {
            node.forEachChild(this::walk);
        }
    }

    /** A comparison of a column with constants; what it is compared with is walked all the same. */
    private static boolean comparesWithConstants(Node node) {
        if (node instanceof Expr.Binary binary) {
            return binary.left() instanceof Expr.Column && isConstant(binary.right())
                    || isConstant(binary.left()) && binary.right() instanceof Expr.Column;
        } else if (node instanceof Expr.Between between) {
            return between.operand() instanceof Expr.Column && isConstant(between.low()) && isConstant(between.high());
        } else if (node instanceof Expr.InList in) {
            return in.operand() instanceof Expr.Column && in.elements().stream().allMatch(TimesOfDay::isConstant);
        } else if (node instanceof Expr.IsDistinct distinct) {
            return distinct.left() instanceof Expr.Column && isConstant(distinct.right());
        }
        return node instanceof Expr.Like like && like.operand() instanceof Expr.Column && isConstant(like.pattern());
    }

    /** Not a typed literal, which may be a timestamp. */
    private static boolean isConstant(Expr expr) {
        return expr instanceof Expr.Literal || expr instanceof Expr.Parameter;
    }

    private boolean isTime(Expr.Column column) {
        return times.contains(column.parts().get(column.parts().size() - 1).text());
    }

    private boolean mayHoldTime(Node node) {
        if (node instanceof Expr.Column column && isTime(column) || node instanceof Expr.Star) {
            return true;
        }
        boolean[] holds = {node instanceof Query.Whole};
        node.forEachChild(child -> holds[0] |= mayHoldTime(child));
        return holds[0];
    }
}
