package dev.staleless.sql.analysis;

import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.ResultForm.Aggregate;
import dev.staleless.sql.tree.Expr;

/** Tells what the columns of a result count or compare that is one row of aggregates. */
final class Aggregates {

    private final Scope scope;
    private final QueryAnalysis analysis;

    Aggregates(Scope scope, QueryAnalysis analysis) {
        this.scope = scope;
        this.analysis = analysis;
    }

    Aggregate of(Expr expr) {
        if (expr instanceof Expr.Literal || expr instanceof Expr.Parameter) {
            return new ResultForm.Fixed();
        }
        if (!(expr instanceof Expr.Call call) || !isPlain(call)) {
            return new ResultForm.Unknown();
        }
        return switch (BlockCalls.name(call)) {
            case "count" -> countsAll(call) ? new ResultForm.Count() : new ResultForm.Unknown();
            case "min" -> extreme(call, false);
            case "max" -> extreme(call, true);
            default -> new ResultForm.Unknown();
        };
    }

    static boolean isPlain(Expr.Call call) {
        return !call.distinct()
                && call.filter() == null
                && call.over() == null
                && call.orderBy().isEmpty()
                && call.withinGroup().isEmpty()
                && call.arguments().stream().noneMatch(Expr.Argument::variadic);
    }

    /** {@code count(*)}, or of what is NULL in no combination. */
    private boolean countsAll(Expr.Call call) {
        if (call.star()) {
            return true;
        }
        if (call.arguments().size() != 1) {
            return false;
        }
        Expr argument = call.arguments().get(0).value();
        if (argument instanceof Expr.Literal literal) {
            return literal.kind() == Expr.LiteralKind.NUMBER;
        }
        Scope.Resolved column = argument instanceof Expr.Column reference ? scope.resolve(reference) : null;
        TableOccurrence occurrence = column == null
                ? null
                : analysis.occurrences().get(column.source().index());
        return column != null
                && occurrence != null
                && occurrence.block == scope // a derived table may be filled with NULLs
                && occurrence.isInner()
                && column.source().table().primaryKey().contains(column.column().name());
    }

    private Aggregate extreme(Expr.Call call, boolean greatest) {
        Expr argument = call.arguments().size() == 1 ? call.arguments().get(0).value() : null;
        Scope.Resolved column = argument instanceof Expr.Column reference ? scope.resolve(reference) : null;
        return column == null
                ? new ResultForm.Unknown()
                : new ResultForm.Extreme(
                        column.source().index(),
                        column.column().name(),
                        column.column().type(),
                        greatest);
    }
}
