package dev.staleless.core.decision;

import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query prepared for deciding on many events. Immutable. */
final class BoundQuery {

    /** An occurrence of a table, its prepared condition, and where its rows are seen in the result. */
    record Use(
            TableUse use,
            BoundCondition condition,
            @Nullable Sight sight,
            BoundQuery query) {}

    private final Use[] uses;
    private final @Nullable ResultForm form;
    private final ResultForm.SortKey[] order;
    private final ResultForm.Aggregate[] aggregates;

    /** The most rows that a result can have; -1 if there is no limit or it is not known. */
    private final long limit;

    private BoundQuery(Query query) {
        form = query.template().form();
        order = form == null ? new ResultForm.SortKey[0] : form.order().toArray(new ResultForm.SortKey[0]);
        aggregates =
                form == null ? new ResultForm.Aggregate[0] : form.aggregates().toArray(new ResultForm.Aggregate[0]);
        limit = form == null || form.limit() == null ? -1 : limit(form.limit(), query.parameters());
        List<TableUse> of = query.template().uses();
        uses = new Use[of.size()];
        for (int i = 0; i < uses.length; i++) {
            TableUse use = of.get(i);
            BoundCondition condition = new Binder(use.index(), query.parameters()).bind(use.condition());
            Sight sight = form == null || use.contribution() == null ? null : new Sight(use.contribution());
            uses[i] = new Use(use, condition, sight, this);
        }
    }

    static BoundQuery of(Query query) {
        return new BoundQuery(query);
    }

    private static long limit(Operand operand, Parameters parameters) {
        Object value = operand instanceof Operand.Literal literal && !literal.text()
                ? literal.value()
                : operand instanceof Operand.Parameter parameter ? parameters.get(parameter.index()) : null;
        return value instanceof Long number && number >= 0 ? number : -1;
    }

    /** Not to be changed. */
    Use[] uses() {
        return uses;
    }

    /** Null if it is not known. */
    @Nullable
    ResultForm form() {
        return form;
    }

    /** Not to be changed. */
    ResultForm.SortKey[] order() {
        return order;
    }

    /** Not to be changed. */
    ResultForm.Aggregate[] aggregates() {
        return aggregates;
    }

    /** Whether a result has all rows that its limit lets it have, and one at least. */
    boolean isFull(IndexedRows rows) {
        return limit > 0 && rows.size() >= limit;
    }
}
