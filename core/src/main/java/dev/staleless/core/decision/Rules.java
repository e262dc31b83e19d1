package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Contribution.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of the decision, in the order in which they are asked: the cheaper ones first. */
final class Rules {

    private Rules() {}

    static List<Rule> standard() {
        return of(EnumSet.allOf(RuleName.class));
    }

    /** The rules of these names. */
    static List<Rule> of(Set<RuleName> names) {
        List<Rule> rules = new ArrayList<>();
        if (names.contains(RuleName.UNREAD_COLUMNS)) {
            rules.add(new UnreadColumns());
        }
        List<SideRule> sides = new ArrayList<>(SideRules.standard(Logic.STANDARD));
        sides.removeIf(rule -> !names.contains(rule.name()));
        rules.add(new Sides(sides));
        if (names.contains(RuleName.UNSEEN_ROW)) {
            rules.add(new UnseenRow(Logic.STANDARD));
        }
        if (names.contains(RuleName.SAME_VALUES)) {
            rules.add(new SameValues(Logic.STANDARD));
        }
        rules.addAll(UpdateRules.standard(Logic.STANDARD));
        rules.removeIf(rule -> rule instanceof UpdateRules.Named named && !names.contains(named.name()));
        return rules;
    }

    /**
     * An UPDATE whose changed columns are disjoint from the columns that the query reads through the occurrence.
     *
     * <p>Proof. The occurrence contributes to the query the multiset of its table's rows, reduced to the columns read. An UPDATE
     * neither adds nor removes rows, and of the rows it touches it leaves the other columns as they were. So that multiset is
     * the same before and after, and with it every result the database may give. (A result whose rows the statement does not
     * order, or whose LIMIT it does not order, is one of several that are right; it stays one.)
     */
    static final class UnreadColumns implements Rule {

        private static final Verdict.Unaffected SPARED = new Verdict.Unaffected(
                "the update changes no column that the query reads", List.of(RuleName.UNREAD_COLUMNS));

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
            boolean apart = event.kind() == ChangeEvent.Kind.UPDATE
                    && !event.changed().intersects(use.use().columnsRead());
            return apart ? SPARED : null;
        }
    }

    /**
     * An UPDATE that changes only columns which the list of results alone names, of a row that is not among the cached rows.
     *
     * <p>Proof. Which combinations of rows there are, how they are grouped and in what order the result's rows stand, depends on
     * membership columns only, which the update leaves as they are. So what the row's other columns can change are the values
     * in rows of the result to which a combination with this row belongs. Each of those shows the row's value, as it was, of
     * every shown column; none of the cached rows does. So all such rows lie outside of the page that LIMIT and OFFSET cut out,
     * and since neither number nor order of the result's rows changes, the page is the same. This holds wherever in FROM the
     * occurrence stands: where it is filled up with NULLs, the row takes no part.
     *
     * <p>With DISTINCT the values decide how many rows the result has. So it holds only for a page that starts with the first
     * row: the rows that become more or fewer come after it in the order, whose columns are membership columns.
     */
    static final class UnseenRow implements Rule {

        private static final Verdict.Unaffected SPARED = new Verdict.Unaffected(
                "the update changes what is only shown, of a row that is not among the cached rows",
                List.of(RuleName.UNSEEN_ROW));

        private final Logic logic;

        UnseenRow(Logic logic) {
            this.logic = logic;
        }

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
            Sight sight = use.sight();
            if (rows == null
                    || sight == null
                    || event.kind() != ChangeEvent.Kind.UPDATE
                    || !holds(use.query())
                    || event.changed().intersects(use.use().membershipColumns())) {
                return null;
            }
            return sight.mayShow(rows, logic, event, false) ? null : SPARED;
        }

        private static boolean holds(BoundQuery query) {
            return query.form() != null
                    && switch (query.form().kind()) {
                        case ROWS, GROUPS -> true;
                        case DISTINCT -> !query.form().skips();
                        case TOTALS, FOUND, NOT_FOUND -> false;
                    };
        }
    }

    /**
     * An UPDATE that writes into each column read the value which the cached rows show of that row.
     *
     * <p>Proof. The before image tells the primary key, and a cached row shows it, and the columns written that the query reads,
     * as they stand in the table. A row of the result that shows a key comes from a combination with the row of that key, of
     * which there is one. So in every state in which the query returns the cached rows, that row has the values shown; and they
     * are the ones that the update writes, not only by the database's equality but bit by bit. Such an update leaves every
     * column that is read as it was, and {@link UnreadColumns} applies.
     */
    static final class SameValues implements Rule {

        private static final Verdict.Unaffected SPARED = new Verdict.Unaffected(
                "the update writes the values that the cached rows show already", List.of(RuleName.SAME_VALUES));

        private final Logic logic;

        SameValues(Logic logic) {
            this.logic = logic;
        }

        @Override
        public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
            Sight sight = use.sight();
            Set<String> changed = event.changed().names();
            if (rows == null
                    || sight == null
                    || event.kind() != ChangeEvent.Kind.UPDATE
                    || changed == null
                    || use.role() != Role.COMBINED
                    || !holds(use.query())) {
                return null;
            }
            int row = sight.find(rows, logic, event);
            if (row < 0) {
                return null;
            }
            for (String column : changed) {
                if (use.use().columnsRead().contains(column) && !sight.shows(row, column, rows, logic, event)) {
                    return null;
                }
            }
            return SPARED;
        }

        private static boolean holds(BoundQuery query) {
            return query.form() != null
                    && switch (query.form().kind()) {
                        case ROWS, DISTINCT, GROUPS -> true;
                        case TOTALS, FOUND, NOT_FOUND -> false;
                    };
        }
    }
}
