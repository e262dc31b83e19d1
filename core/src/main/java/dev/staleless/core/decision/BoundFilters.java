package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.query.Filters;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.Parameters;
import org.jspecify.annotations.Nullable;

/** The conditions in which the columns of one occurrence are named, prepared for the values of the parameters. Immutable. */
final class BoundFilters {

    private static final BoundFilters UNKNOWN = new BoundFilters(null, new BoundCondition[0]);

    private final @Nullable Filters filters;
    private final BoundCondition[] conditions;

    private BoundFilters(@Nullable Filters filters, BoundCondition[] conditions) {
        this.filters = filters;
        this.conditions = conditions;
    }

    static BoundFilters of(TableUse use, Parameters parameters) {
        Filters filters = use.filters();
        if (filters == null) {
            return UNKNOWN;
        }
        Binder binder = new Binder(use.index(), parameters);
        BoundCondition[] conditions = filters.conjuncts().stream()
                .map(filter -> binder.bind(filter.condition()))
                .toArray(BoundCondition[]::new);
        return new BoundFilters(filters, conditions);
    }

    /** Whether an UPDATE changes no column that is named outside of the conditions; these may change their truth. */
    boolean areAll(ChangeEvent event) {
        return filters != null && !event.changed().isAll() && !event.changed().intersects(filters.elsewhere());
    }

    /** Whether an UPDATE changes no column that FROM and WHERE name outside of the conditions; these may change their truth. */
    boolean decideAll(ChangeEvent event) {
        return filters != null && !event.changed().isAll() && !event.changed().intersects(filters.deciding());
    }

    /** Whether each condition is surely as true after the UPDATE as it was before. */
    boolean keepTruth(Logic logic, ChangeEvent event) {
        for (int i = 0; i < conditions.length; i++) {
            if (event.changed().intersects(columns(i))) {
                int before = conditions[i].truths(logic, event, false);
                boolean sure = before == Logic.TRUE || before == Logic.FALSE || before == Logic.UNKNOWN;
                if (!sure || conditions[i].truths(logic, event, true) != before) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether each condition that names a changed column was surely true before the UPDATE. */
    boolean wereTrue(Logic logic, ChangeEvent event) {
        for (int i = 0; i < conditions.length; i++) {
            if (event.changed().intersects(columns(i)) && conditions[i].truths(logic, event, false) != Logic.TRUE) {
                return false;
            }
        }
        return true;
    }

    private ColumnSet columns(int index) {
        return filters == null ? ColumnSet.ALL : filters.conjuncts().get(index).columns();
    }
}
