package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Contribution.Role;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.ResultForm.SortKey;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for an UPDATE that leaves the row in, or out of, whatever it was in or out of before. */
final class UpdateRules {

    private UpdateRules() {}

    static List<Rule> standard(Logic logic) {
        return List.of(new SameTruth(logic), new StaysOutside(logic), new BeforePage(logic), new WithinGroups(logic));
    }

    /** A rule that can be left out. */
    interface Named extends Rule {
        RuleName name();
    }

    private static Verdict.Unaffected spared(String reason, RuleName name) {
        return new Verdict.Unaffected(reason, List.of(name));
    }

    /**
     * An UPDATE of columns that stand only in conditions, each of which is surely as true for the row as before.
     *
     * <p>Proof. What the query reads of the row is what its other columns hold, which stay as they were, and the truth of these
     * conditions. Each of them is evaluated for combinations with the row; its possible truths for the row before and
     * after are computed whatever the other rows are, and are one and the same value. So every evaluation of it gives what
     * it gave, wherever in the query its block stands, and with it all that is computed from there on.
     */
    record SameTruth(Logic logic) implements Named {

        private static final Verdict.Unaffected SPARED = UpdateRules.spared(
                "the update changes only what conditions name, which are as true as before", RuleName.SAME_TRUTH);

        @Override
        public RuleName name() {
            return RuleName.SAME_TRUTH;
        }

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
            boolean same = event.kind() == ChangeEvent.Kind.UPDATE
                    && use.filters().areAll(event)
                    && use.filters().keepTruth(logic, event);
            return same ? SPARED : null;
        }
    }

    /**
     * An UPDATE of a row that is not shown in a whole result, where the conditions on what it changes were true.
     *
     * <p>Proof. The row is combined with others, and each row of the result shows the values of the row from which it comes. The
     * result has every row that there is, and none shows the row as it was; so there is no combination with it, for each at least
     * one condition is not true. That is none of those which name a changed column: they were true. The others do not name what
     * is changed, so they are as true as before, and there is no combination with the row as it is now either. What the update
     * changes beside that, in the list of results, in ORDER BY or GROUP BY, matters to combinations with the row only.
     */
    record StaysOutside(Logic logic) implements Named {

        private static final Verdict.Unaffected SPARED = UpdateRules.spared(
                "the update changes nothing that kept the row out of the result", RuleName.STAYS_OUTSIDE);

        @Override
        public RuleName name() {
            return RuleName.STAYS_OUTSIDE;
        }

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
            Sight sight = use.sight();
            if (rows == null
                    || sight == null
                    || event.kind() != ChangeEvent.Kind.UPDATE
                    || use.role() != Role.COMBINED
                    || !showsRows(use.query())
                    || !use.query().isWhole(rows)
                    || !use.filters().decideAll(event)
                    || !use.filters().wereTrue(logic, event)) {
                return null;
            }
            return sight.mayShow(rows, logic, event, false) ? null : SPARED;
        }

        private static boolean showsRows(BoundQuery query) {
            ResultForm form = query.form();
            return form != null
                    && switch (form.kind()) {
                        case ROWS, DISTINCT, GROUPS -> true;
                        case TOTALS, FOUND, NOT_FOUND -> false;
                    };
        }
    }

    /**
     * An UPDATE of a row that stands before the first row of a page and stays there.
     *
     * <p>Proof. The row is combined with others, and takes part in the same combinations after the update as before, since each
     * condition is as true as it was. The first sort keys of all of these are its own columns, and by them they stand surely before
     * the first cached row, before the update and after it, ties excluded. So as many combinations come before the page as did,
     * and those that are on it and after it are the same.
     */
    record BeforePage(Logic logic) implements Named {

        private static final Verdict.Unaffected SPARED = UpdateRules.spared(
                "the updated row was before the first row of the page, and stays there", RuleName.BEFORE_PAGE);

        @Override
        public RuleName name() {
            return RuleName.BEFORE_PAGE;
        }

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
            ResultForm form = use.query().form();
            if (rows == null
                    || form == null
                    || event.kind() != ChangeEvent.Kind.UPDATE
                    || use.role() != Role.COMBINED
                    || form.kind() != ResultForm.Kind.ROWS
                    || use.query().size(rows) <= 0
                    || !use.filters().decideAll(event)
                    || !use.filters().keepTruth(logic, event)) {
                return null;
            }
            return isBefore(use, rows, event, false) && isBefore(use, rows, event, true) ? SPARED : null;
        }

        private boolean isBefore(BoundQuery.Use use, IndexedRows rows, ChangeEvent event, boolean after) {
            for (SortKey key : use.query().order()) {
                if (key.use() != use.use().index()) {
                    return false;
                }
                AbstractValue value = logic.known(event, after, key.column());
                int places = SortPlace.of(logic, key, value, rows.first(key.position(), key.type()));
                if ((places & SortPlace.AFTER) != 0) {
                    return false;
                } else if ((places & SortPlace.SAME) == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * A change of one value, or of the truth of conditions, in a whole result of groups of which nothing is shown but what they are
     * grouped by and least and greatest values of this column.
     *
     * <p>Proof. Each group is a row of the result, for the result is whole. A row that leaves belonged to one of them, or took part
     * in nothing; its value is NULL, or surely less than the greatest of every group, so its group has another row, and that
     * has the greatest value; the same holds for the least. A row that stays in its group, since no condition has changed its truth
     * and nothing that decides of groups is changed, may also get a value that is not greater than the greatest of every group.
     */
    record WithinGroups(Logic logic) implements Named {

        private static final Verdict.Unaffected SPARED = UpdateRules.spared(
                "the value lies within the least and the greatest of every group", RuleName.WITHIN_GROUPS);

        @Override
        public RuleName name() {
            return RuleName.WITHIN_GROUPS;
        }

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
            ResultForm form = use.query().form();
            if (rows == null
                    || form == null
                    || form.kind() != ResultForm.Kind.GROUPS
                    || use.role() != Role.COMBINED
                    || use.query().aggregates().length == 0
                    || !use.query().isWhole(rows)) {
                return null;
            }
            boolean leaves = event.kind() == ChangeEvent.Kind.DELETE
                    || event.kind() == ChangeEvent.Kind.UPDATE
                            && (use.condition().truths(logic, event, true) & Logic.TRUE) == 0;
            boolean stays = event.kind() == ChangeEvent.Kind.UPDATE
                    && !event.changed().isAll()
                    && use.filters().decideAll(event)
                    && use.filters().keepTruth(logic, event)
                    && changesExtremesOnly(use, event);
            boolean within = leaves && within(use, rows, event, false)
                    || stays && within(use, rows, event, false) && within(use, rows, event, true);
            return within ? SPARED : null;
        }

        /** Whether no column by which is grouped is changed: {@link dev.staleless.core.query.TableUse#membershipColumns} has them. */
        private static boolean changesExtremesOnly(BoundQuery.Use use, ChangeEvent event) {
            return !event.changed().intersects(use.use().membershipColumns());
        }

        private boolean within(BoundQuery.Use use, IndexedRows rows, ChangeEvent event, boolean after) {
            ResultForm.Aggregate[] aggregates = use.query().aggregates();
            for (int i = 0; i < aggregates.length; i++) {
                if (!(aggregates[i] instanceof ResultForm.Fixed)
                        && !(aggregates[i] instanceof ResultForm.Extreme extreme
                                && extreme.use() == use.use().index()
                                && within(extreme, i, rows, event, after))) {
                    return false;
                }
            }
            return true;
        }

        private boolean within(
                ResultForm.Extreme extreme, int column, IndexedRows rows, ChangeEvent event, boolean after) {
            AbstractValue value = logic.known(event, after, extreme.column());
            if (value instanceof AbstractValue.Exact exact && exact.value() == null) {
                return false; // a group of NULLs alone has nothing that stays
            }
            ColumnIndex index = rows.index(column, extreme.type());
            AbstractValue bound = index == null ? null : extreme.greatest() ? index.least() : index.greatest();
            int inside = extreme.greatest() ? Relation.LESS : Relation.GREATER;
            int allowed = after && Values.isIdentity(extreme.type()) ? inside | Relation.EQUAL : inside;
            return bound != null && (logic.relation(extreme.type(), value, bound) & ~allowed) == 0;
        }
    }
}
