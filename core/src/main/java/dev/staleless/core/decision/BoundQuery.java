package dev.staleless.core.decision;

import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.query.Contribution.Role;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query prepared for deciding on many events. Immutable. */
final class BoundQuery {

    /**
     * An occurrence of a table, its prepared condition, and where its rows are seen in the result.
     *
     * @param sight null if nothing is known of that
     * @param beside where that is seen which a row of it adds to; null if it does not add to others
     * @param filters the conditions in which its columns are named
     */
    record Use(
            TableUse use,
            BoundCondition condition,
            Role role,
            @Nullable Sight sight,
            @Nullable Sight beside,
            BoundFilters filters,
            BoundQuery query) {}

    private final Use[] uses;
    private final @Nullable ResultForm form;
    private final ResultForm.SortKey[] order;
    private final ResultForm.Aggregate[] aggregates;

    /** The most rows that a result can have; -1 if there is no limit or it is not known. */
    private final long limit;

    private final int maxRows;

    private BoundQuery(Query query) {
        maxRows = query.maxRows();
        form = query.template().form();
        order = form == null ? new ResultForm.SortKey[0] : form.order().toArray(new ResultForm.SortKey[0]);
        aggregates =
                form == null ? new ResultForm.Aggregate[0] : form.aggregates().toArray(new ResultForm.Aggregate[0]);
        limit = form == null || form.limit() == null ? -1 : limit(form.limit(), query.parameters());
        List<TableUse> of = query.template().uses();
        uses = new Use[of.size()];
        for (int i = 0; i < uses.length; i++) {
            uses[i] = use(of.get(i), query.parameters());
        }
    }

    private Use use(TableUse use, Parameters parameters) {
        BoundCondition condition = new Binder(use.index(), parameters).bind(use.condition());
        BoundFilters filters = BoundFilters.of(use, parameters);
        Contribution contribution = use.contribution();
        if (form == null || contribution == null) {
            return new Use(use, condition, Role.OTHER, null, null, filters, this);
        }
        boolean attached = contribution.role() == Role.ATTACHED;
        Sight beside = attached ? Sight.besideRow(contribution, form.columns()) : null;
        return new Use(
                use, condition, contribution.role(), Sight.ofRow(contribution, form.columns()), beside, filters, this);
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

    /** Number of rows of a result; -1 if it is not known, or they are not rows of this query. */
    int size(IndexedRows rows) {
        return form == null ? -1 : rows.size(form.columns());
    }

    /** Whether a result has every row that there is: none is left out before the first, and none cut off after the last. */
    boolean isWhole(IndexedRows rows) {
        int size = size(rows);
        boolean cut = form == null || form.skips() || form.limit() != null && size >= limit;
        return size >= 0 && !cut && (maxRows == 0 || size < maxRows);
    }

    /** Whether a result has all rows that its limit lets it have, and one at least. */
    boolean isFull(IndexedRows rows) {
        return limit > 0 && size(rows) >= limit;
    }
}
