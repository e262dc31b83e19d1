package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Contribution.Role;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.ResultForm.SortKey;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for one row that comes or leaves, in the order in which they are asked. */
final class SideRules {

    private SideRules() {}

    static List<SideRule> standard(Logic logic) {
        return List.of(
                new OutsideRows(logic),
                new Unreferred(),
                new Orphaned(),
                new UnseenLeaves(logic),
                new BarsUnseen(logic),
                new BesideUnseen(logic),
                new AfterPage(logic),
                new AlreadyKnown(logic),
                new WithinExtremes(logic));
    }

    /** Whether the result is rows of combinations, of which it begins with the first. */
    private static boolean startsWithFirst(BoundQuery query) {
        ResultForm form = query.form();
        return form != null
                && !form.skips()
                && switch (form.kind()) {
                    case ROWS, DISTINCT, GROUPS -> true;
                    case TOTALS, FOUND, NOT_FOUND -> false;
                };
    }

    /**
     * The occurrence's condition cannot be true for the row.
     *
     * <p>Proof. The condition holds for every row of this occurrence that can take part in the result. Its truth is computed
     * from the row's own columns alone, everything else in it being unknown, so it holds for any rows of the other occurrences.
     * {@link Logic} yields a set that contains every truth value the condition can have for any row that fits the image, and
     * the changed row fits it: its value before in the before image, its value after in the after image. Without TRUE in it, the
     * row takes no part, whether it is there or not; all other rows are the same.
     */
    record OutsideRows(Logic logic) implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.OUTSIDE_ROWS;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            return (use.condition().truths(logic, event, after) & Logic.TRUE) == 0;
        }

        @Override
        public String words(boolean after) {
            return after ? "cannot be part of the result" : "was surely no part of the result";
        }
    }

    /**
     * A new row to which no row of another table refers yet, or a removed one to which none refers any more, where it can take part
     * only together with such a row.
     *
     * <p>Proof. In every combination of rows in which the row takes part, whatever it makes of them, its key equals the columns of a
     * row of the referring table that refer to it. The foreign key is checked whenever a statement has ended. The statement only adds
     * rows to the table, so there was none of that key when it began, and the last check, before it, found no row that refers to
     * that key; rows that refer to it come later. Or it only removes rows, so there is none of that key when it has ended, and
     * the check finds no row that refers to it: those that did were removed or changed before, by this statement or by another. Two
     * transactions cannot do these things at once, since the check locks the row referred to. So at that point of the order in
     * which the changes take place, the row takes part in nothing, with it and without it.
     *
     * <p>Unlike the other rules this one does not hold in every state in which the query returns the cached rows, but in every
     * one in which the change can happen; that is enough, for each change is judged once and happens once. Where one statement
     * removes rows of both tables, those that refer are taken to go first: so for rows that go, the tables of a query must be
     * in one order, and none may refer to itself. The log tells of all, in whatever order, and each is judged by itself.
     */
    record Unreferred() implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.UNREFERRED;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            ChangeEvent.Kind kind = after ? ChangeEvent.Kind.INSERT : ChangeEvent.Kind.DELETE;
            return event.kind() == kind
                    && event.oneWay()
                    && use.use().referrals().unreferred().contains(kind);
        }

        @Override
        public String words(boolean after) {
            return after ? "is referred to by no row yet" : "is referred to by no row any more";
        }
    }

    /**
     * A row leaves together with the row to which it referred, where it can take part only with that.
     *
     * <p>Proof. In every combination of rows in which the row takes part, the columns by which it refers equal the key of a row of the
     * other table. The statement has removed the only one with that key, and put none in its place. It did both at once,
     * so the order in which they are taken is free: the other row goes first, and its going is judged by itself, by rules that hold
     * whatever rows are left. Then there is nothing more with which this row could take part, and it goes without notice. {@link
     * Unreferred} takes the rows the other way round, and is not used over a foreign key by which rows go together; the
     * tables are in one order for all keys of the query, or neither rule is used for rows that go.
     */
    record Orphaned() implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.ORPHANED;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            return !after
                    && event.kind() == ChangeEvent.Kind.DELETE
                    && event.orphanOf() != null
                    && use.use().referrals().needed().contains(event.orphanOf());
        }

        @Override
        public String words(boolean after) {
            return "went with the row that it needs to take part";
        }
    }

    /**
     * A row leaves that is not among the cached rows.
     *
     * <p>Proof. The row is combined with others, or sought by a condition that it can only make true: without it some
     * combinations may be missing, and there is none that was not there before. Each of those that go would show, in the row of
     * the result to which it belongs, the row's values of the shown columns. No cached row does, so none of these combinations
     * belongs to one of the cached rows. A row of the result that stands for several combinations shows the same of all of
     * them, so it goes with all or none of them. The cached rows are the first ones of a right order of all (or, if the
     * statement or the caller limits their number without an order, as many of them as it wants); without some that come
     * later they still are.
     *
     * <p>Of a recursive query whose rows are all there, none has the row's values; so the row was in no combination in any round, and
     * each round adds the same without it.
     */
    record UnseenLeaves(Logic logic) implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.UNSEEN_LEAVES;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            Sight sight = use.sight();
            return !after
                    && rows != null
                    && sight != null
                    && isSeen(use, rows)
                    && !sight.mayShow(rows, logic, event, false);
        }

        @Override
        public String words(boolean after) {
            return "is not among the cached rows";
        }

        /** Whether the cached rows are the first of what rows of the occurrence can only add to. */
        private static boolean isSeen(BoundQuery.Use use, IndexedRows rows) {
            return startsWithFirst(use.query())
                    && switch (use.role()) {
                        case COMBINED, SOUGHT -> true;
                        case REPEATED -> use.query().isWhole(rows);
                        case BARRED, ATTACHED, OTHER -> false;
                    };
        }
    }

    /**
     * A row comes that can only take combinations away, none of which is among the cached rows.
     *
     * <p>Proof. The row makes a condition false that no row can make true, for combinations that have its values of the shown
     * columns, so with it some of these may be missing, and none is new. From there on the proof is that of {@link UnseenLeaves}.
     * Of a row that leaves the same cannot be said: it may be the last that kept a row out.
     */
    record BarsUnseen(Logic logic) implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.BARS_UNSEEN;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            Sight sight = use.sight();
            return after
                    && rows != null
                    && sight != null
                    && use.role() == Role.BARRED
                    && startsWithFirst(use.query())
                    && !sight.mayShow(rows, logic, event, true);
        }

        @Override
        public String words(boolean after) {
            return "keeps out no row that is among the cached ones";
        }
    }

    /**
     * A row that only adds to combinations which are there without it, none of which is among the cached rows.
     *
     * <p>Proof. The row concerns only combinations of the other occurrences that have its values of certain shown columns, which
     * are not its own. With or without it, each of them is in the result at least once, in the same place of the order. No
     * cached row has these values, so all of them come after the cached rows, or there are none; and what the row changes there,
     * their number included, does not reach the rows before. This holds for a row that comes as for one that leaves: unlike the
     * parent of an inner join, one of an outer join is in the result whether it has children or not, so that its absence says
     * that it takes no part.
     */
    record BesideUnseen(Logic logic) implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.BESIDE_UNSEEN;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            Sight beside = use.beside();
            return rows != null
                    && beside != null
                    && startsWithFirst(use.query())
                    && !beside.mayShow(rows, logic, event, after);
        }

        @Override
        public String words(boolean after) {
            return "belongs to none of the cached rows";
        }
    }

    /**
     * The row sorts after the last row of a page that is full.
     *
     * <p>Proof. The row is combined with others: with it come, or go, only combinations in which it takes part. The first sort
     * keys of all of these are its own columns, and by them they stand surely, not only possibly, after the last cached row,
     * ties excluded. So they stand after the whole page, in every order that the statement allows. The page ends where it does
     * because it has as many rows as LIMIT wants, so nothing that comes after it moves up into it, and what stands before it,
     * OFFSET included, is the same. With DISTINCT and grouping a row of the result stands for combinations that all have the
     * same sort keys, so that it comes after the page with each of them.
     *
     * <p>Values are compared as the column's type and collation order them for {@code <}, by which ORDER BY sorts; where that
     * order is not known, nothing is sure. NULLs stand where the statement or the database puts them.
     */
    record AfterPage(Logic logic) implements SideRule {

        @Override
        public RuleName name() {
            return RuleName.AFTER_PAGE;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            if (rows == null || use.role() != Role.COMBINED || !isPage(use.query(), rows)) {
                return false;
            }
            for (SortKey key : use.query().order()) {
                if (key.use() != use.use().index()) {
                    return false;
                }
                AbstractValue value = logic.known(event, after, key.column());
                int places = SortPlace.of(logic, key, value, rows.last(key.position(), key.type()));
                if ((places & SortPlace.BEFORE) != 0) {
                    return false;
                } else if ((places & SortPlace.SAME) == 0) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isPage(BoundQuery query, IndexedRows rows) {
            return query.order().length > 0 && query.isFull(rows);
        }

        @Override
        public String words(boolean after) {
            return "sorts after the last row of the page";
        }
    }

    /**
     * A row comes, and the result says no more than that there are enough combinations; or one leaves, and it says that there
     * are none.
     *
     * <p>Proof. The row is combined with others: a row more takes no combination away, a row less adds none. If the result's
     * only value is whether there is a combination, then "yes" stays true when more come, and "no" when some go. If its rows are
     * all the same and as many as LIMIT wants, there are as many of them when there are more combinations. A count of zero says
     * that there are none. (That a result without rows stays one when a row leaves is said by {@link UnseenLeaves}.)
     *
     * <p>A row that is sought is sought for one row of another occurrence, that with a certain key, and for the condition it does not
     * matter which other rows that one is combined with. If the result shows this key, it has a combination with that row for which
     * the condition is true; so it is true for all of them, and one more row that is sought and found does not change that.
     */
    record AlreadyKnown(Logic logic) implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.ALREADY_KNOWN;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            ResultForm form = use.query().form();
            if (rows == null || form == null) {
                return false;
            }
            Sight sight = use.sight();
            if (use.role() != Role.COMBINED) {
                return after && use.role() == Role.SOUGHT && sight != null && sight.showsKey(rows, logic, event);
            }
            return switch (form.kind()) {
                case FOUND -> tells(use.query(), rows, after);
                case NOT_FOUND -> tells(use.query(), rows, !after);
                case ROWS -> after && form.constant() && use.query().isFull(rows);
                case TOTALS -> !after && countsNone(use.query(), rows);
                case DISTINCT, GROUPS -> false;
            };
        }

        private static boolean tells(BoundQuery query, IndexedRows rows, boolean what) {
            return query.size(rows) == 1
                    && rows.last(0, BOOLEAN) instanceof AbstractValue.Exact exact
                    && exact.value() instanceof Boolean value
                    && value == what;
        }

        private static boolean countsNone(BoundQuery query, IndexedRows rows) {
            if (query.size(rows) != 1) {
                return false;
            }
            for (int i = 0; i < query.aggregates().length; i++) {
                if (query.aggregates()[i] instanceof ResultForm.Count
                        && rows.last(i, INTEGER) instanceof AbstractValue.Exact exact
                        && exact.value() instanceof Long count
                        && count == 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String words(boolean after) {
            return after ? "adds to what is known to be there already" : "cannot have been there, since there is none";
        }
    }

    /**
     * The row's value is no more than the greatest that the result tells, and no less than the least.
     *
     * <p>Proof. The result is one row of least and greatest values of all combinations, of columns of this very occurrence. With
     * the row come, or go, combinations that have its values. One that comes with a value that is NULL, or less than the
     * greatest, does not change the greatest, nor does one that is equal to it and cannot be told from it. One that goes with a
     * value that is NULL or surely less leaves those that have the greatest. The same holds for the least.
     */
    record WithinExtremes(Logic logic) implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.WITHIN_EXTREMES;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            ResultForm.Aggregate[] aggregates = use.query().aggregates();
            ResultForm form = use.query().form();
            if (rows == null
                    || form == null
                    || form.kind() != ResultForm.Kind.TOTALS
                    || aggregates.length == 0
                    || use.role() != Role.COMBINED
                    || use.query().size(rows) != 1) {
                return false;
            }
            for (int i = 0; i < aggregates.length; i++) {
                if (!(aggregates[i] instanceof ResultForm.Fixed)
                        && !within(aggregates[i], i, use, rows, event, after)) {
                    return false;
                }
            }
            return true;
        }

        private boolean within(
                ResultForm.Aggregate aggregate,
                int column,
                BoundQuery.Use use,
                IndexedRows rows,
                ChangeEvent event,
                boolean after) {
            if (!(aggregate instanceof ResultForm.Extreme extreme)
                    || extreme.use() != use.use().index()) {
                return false;
            }
            AbstractValue value = logic.known(event, after, extreme.column());
            if (value instanceof AbstractValue.Exact exact && exact.value() == null) {
                return true;
            }
            AbstractValue bound = rows.last(column, extreme.type());
            if (!(bound instanceof AbstractValue.Exact exact) || exact.value() == null) {
                return false;
            }
            int relation = logic.relation(extreme.type(), value, bound) & Relation.COMPARED;
            int inside = extreme.greatest() ? Relation.LESS : Relation.GREATER;
            int allowed = after && Values.isIdentity(extreme.type()) ? inside | Relation.EQUAL : inside;
            return (relation & ~allowed) == 0;
        }

        @Override
        public String words(boolean after) {
            return "lies within the least and the greatest value";
        }
    }

    private static final ColumnType BOOLEAN =
            new ColumnType(ColumnType.Kind.BOOLEAN, -1, -1, ColumnType.Equality.EXACT);
    private static final ColumnType INTEGER =
            new ColumnType(ColumnType.Kind.INTEGER, -1, -1, ColumnType.Equality.EXACT);
}
