package dev.staleless.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.AbstractValue.Exact;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The random checks find every bug of this list, so they would find it in the decision. */
class PlantedBugsTest {

    private static final int CASES = 200_000;

    /** A bug, and a random check that has to find it. */
    record Bug(String name, LongFunction<@Nullable String> check) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Bug logic(String name, Logic logic) {
        return new Bug(name, seed -> RandomCheck.condition(logic, seed));
    }

    private static Bug rules(String name, Rule... rules) {
        Decision decision = new Decision(List.of(rules));
        return new Bug(name, seed -> RandomCheck.write(decision, seed));
    }

    private static Bug outsideRows(String name, Logic logic) {
        return rules(name, sides(new SideRules.OutsideRows(logic)));
    }

    private static Rule sides(SideRule rule) {
        return new Sides(List.of(rule));
    }

    static Stream<Bug> truths() {
        return Stream.of(
                logic("NOT leaves the truth as it is", new Logic() {
                    @Override
                    int not(int a) {
                        return a;
                    }
                }),
                logic("NOT of unknown is false", new Logic() {
                    @Override
                    int not(int a) {
                        return (a & UNKNOWN) != 0 ? super.not(a) & ~UNKNOWN | FALSE : super.not(a);
                    }
                }),
                logic("AND drops unknown", new Logic() {
                    @Override
                    int and(int a, int b) {
                        return super.and(a, b) & ~UNKNOWN;
                    }
                }),
                logic("OR takes unknown for true", new Logic() {
                    @Override
                    int or(int a, int b) {
                        int result = super.or(a, b);
                        return (result & UNKNOWN) != 0 ? result & ~UNKNOWN | TRUE : result;
                    }
                }),
                logic("a comparison with NULL is false", new Logic() {
                    @Override
                    int compared(int trueFor, int relation) {
                        int result = super.compared(trueFor, relation);
                        return (result & UNKNOWN) != 0 ? result & ~UNKNOWN | FALSE : result;
                    }
                }),
                logic("NULL is distinct from NULL", new Logic() {
                    @Override
                    int distinct(int relation) {
                        return (relation & Relation.BOTH_NULL) != 0
                                ? super.distinct(relation & ~Relation.BOTH_NULL) | TRUE
                                : super.distinct(relation);
                    }
                }),
                logic("IS FALSE holds for unknown as well, and not for false", new Logic() {
                    @Override
                    int is(int a, int truth) {
                        return super.is(a, truth == FALSE ? UNKNOWN : truth);
                    }
                }),
                logic("an unknown value is not NULL", new Logic() {
                    @Override
                    int isNull(ColumnType type, AbstractValue value) {
                        return value instanceof AbstractValue.Unknown ? FALSE : super.isNull(type, value);
                    }
                }));
    }

    static Stream<Bug> values() {
        return Stream.of(
                logic("the bounds of a range are outside of it", new Logic() {
                    @Override
                    int relation(ColumnType type, AbstractValue left, AbstractValue right) {
                        AbstractValue open = left instanceof AbstractValue.Range range
                                ? new AbstractValue.Range(range.low(), false, range.high(), false)
                                : left;
                        return super.relation(type, open, right);
                    }
                }),
                logic("the open end of a range is taken for its other end", new Logic() {
                    @Override
                    int relation(ColumnType type, AbstractValue left, AbstractValue right) {
                        AbstractValue closed = left instanceof AbstractValue.Range range && range.low() != null
                                ? new AbstractValue.Range(
                                        range.low(), true, Objects.requireNonNullElse(range.high(), range.low()), true)
                                : left;
                        return super.relation(type, closed, right);
                    }
                }),
                logic("one value stands for a set of values", new Logic() {
                    @Override
                    int relation(ColumnType type, AbstractValue left, AbstractValue right) {
                        AbstractValue first = left instanceof AbstractValue.OneOf oneOf
                                ? new Exact(oneOf.values().iterator().next())
                                : left;
                        return super.relation(type, first, right);
                    }
                }),
                logic("strings are ordered by UTF-16 units", new Logic() {
                    @Override
                    int relation(ColumnType type, AbstractValue left, AbstractValue right) {
                        if (left instanceof Exact l
                                && right instanceof Exact r
                                && l.value() instanceof String a
                                && r.value() instanceof String b) {
                            int order = a.compareTo(b);
                            return order < 0 ? Relation.LESS : order > 0 ? Relation.GREATER : Relation.EQUAL;
                        }
                        return super.relation(type, left, right);
                    }
                }),
                logic("the wildcard _ is a character like others", new Logic() {
                    @Override
                    int like(LikePattern pattern, String value) {
                        return Pattern.matches("(?s)" + regex(pattern.toString(), "_"), value) ? TRUE : FALSE;
                    }
                }),
                logic("the escape character is a character like others", new Logic() {
                    @Override
                    int like(LikePattern pattern, String value) {
                        return Pattern.matches("(?s)" + regex(pattern.toString(), "."), value) ? TRUE : FALSE;
                    }
                }));
    }

    static Stream<Bug> rules() {
        return Stream.of(
                rules("rule 1 looks at the selected columns only", (use, rows, event) -> {
                    Set<String> selected = new HashSet<>(
                            Objects.requireNonNull(use.use().columnsRead().names()));
                    selected.removeAll(
                            Objects.requireNonNull(use.use().membershipColumns().names()));
                    boolean apart = event.kind() == ChangeEvent.Kind.UPDATE
                            && !event.changed().intersects(ColumnSet.of(selected));
                    return apart ? new Verdict.Unaffected("", List.of()) : null;
                }),
                outsideRows("rule 2 looks at the before image only", new OneSide(false)),
                outsideRows("rule 2 looks at the after image only", new OneSide(true)),
                outsideRows("what is known before holds after, changed or not", new Logic() {
                    @Override
                    AbstractValue known(ChangeEvent event, boolean after, String column) {
                        Image before = event.before();
                        return before != null && before.values().containsKey(column)
                                ? before.get(column)
                                : super.known(event, after, column);
                    }
                }),
                rules(
                        "only the first occurrence of a table counts",
                        sides(new SideRules.OutsideRows(Logic.STANDARD)),
                        (use, rows, event) -> use.use().index() > 0 ? new Verdict.Unaffected("", List.of()) : null),
                rules(
                        "a delete is no change",
                        (use, rows, event) -> event.kind() == ChangeEvent.Kind.DELETE
                                ? new Verdict.Unaffected("", List.of())
                                : null));
    }

    /** A rule for one side, which a bug changes. */
    private static Bug side(String name, SideRule rule) {
        List<Rule> rules = new ArrayList<>(List.of(new Rules.UnreadColumns()));
        rules.add(new Sides(List.of(new SideRules.OutsideRows(Logic.STANDARD), rule)));
        Decision decision = new Decision(rules);
        return new Bug(name, seed -> RandomShownCheck.write(decision, seed));
    }

    private static Bug shown(String name, Logic logic) {
        List<Rule> rules = new ArrayList<>(List.of(
                new Rules.UnreadColumns(),
                new Sides(SideRules.standard(logic)),
                new Rules.UnseenRow(logic),
                new Rules.SameValues(logic)));
        rules.addAll(UpdateRules.standard(logic));
        return new Bug(name, seed -> RandomShownCheck.write(new Decision(rules), seed));
    }

    /** Asks a rule about another side or another event than the one it is asked about. */
    private record Turned(SideRule rule, boolean after) implements SideRule {
        @Override
        public RuleName name() {
            return rule.name();
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean side) {
            return rule.spares(use, rows, event, after);
        }

        @Override
        public String words(boolean side) {
            return rule.words(side);
        }
    }

    /** A rule for a whole change, which a bug changes. */
    private static Bug update(String name, Rule rule) {
        Decision decision = new Decision(List.of(
                new Rules.UnreadColumns(), new Sides(List.of(new SideRules.OutsideRows(Logic.STANDARD))), rule));
        return new Bug(name, seed -> RandomShownCheck.write(decision, seed));
    }

    /** A row that leaves is taken for one that comes. */
    private record LeavesBarred() implements SideRule {
        @Override
        public RuleName name() {
            return RuleName.BARS_UNSEEN;
        }

        @Override
        public boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
            return rows != null
                    && use.sight() != null
                    && use.role() == Contribution.Role.BARRED
                    && !use.sight().mayShow(rows, Logic.STANDARD, event, after);
        }

        @Override
        public String words(boolean after) {
            return "";
        }
    }

    private static Verdict.@Nullable Unaffected unseenUpdate(
            BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
        boolean unseen = event.kind() == ChangeEvent.Kind.UPDATE
                && rows != null
                && use.sight() != null
                && use.role() == Contribution.Role.COMBINED
                && use.query().order().length == 0
                && !use.sight().mayShow(rows, Logic.STANDARD, event, false);
        return unseen ? new Verdict.Unaffected("", List.of()) : null;
    }

    static Stream<Bug> updates() {
        return Stream.of(
                side("a row that kept another out may leave", new LeavesBarred()),
                update("a row that is not shown stays outside, whatever is changed", PlantedBugsTest::unseenUpdate),
                update(
                        "conditions may change their truth",
                        (use, rows, event) ->
                                use.filters().areAll(event) ? new Verdict.Unaffected("", List.of()) : null),
                update(
                        "a page is the whole result",
                        (use, rows, event) -> rows != null
                                        && event.kind() == ChangeEvent.Kind.UPDATE
                                        && use.query().order().length > 0
                                        && use.sight() != null
                                        && use.filters().wereTrue(Logic.STANDARD, event)
                                        && !use.sight().mayShow(rows, Logic.STANDARD, event, false)
                                ? new Verdict.Unaffected("", List.of())
                                : null),
                update(
                        "what stood before the page is not looked at again",
                        new UpdateRules.BeforePage(new OneSide(false))),
                update("what comes before the page stood there", new UpdateRules.BeforePage(new OneSide(true))),
                update(
                        "the greatest of a group is not looked at again",
                        new UpdateRules.WithinGroups(new OneSide(false))),
                update("the greatest of a group may leave it", new UpdateRules.WithinGroups(new OneSide(true))));
    }

    static Stream<Bug> shownRows() {
        return Stream.of(
                side(
                        "a row that is not among the cached rows may come",
                        new Turned(new SideRules.UnseenLeaves(Logic.STANDARD), false)),
                side(
                        "where a row was after the page it still is",
                        new Turned(new SideRules.AfterPage(Logic.STANDARD), false)),
                side(
                        "where a row is after the page it was before",
                        new Turned(new SideRules.AfterPage(Logic.STANDARD), true)),
                side("what is there already may leave", new Turned(new SideRules.AlreadyKnown(Logic.STANDARD), true)),
                side("the greatest value may leave", new Turned(new SideRules.WithinExtremes(Logic.STANDARD), true)),
                shown("equal is greater", new Logic() {
                    @Override
                    int relation(ColumnType type, AbstractValue left, AbstractValue right) {
                        int relation = super.relation(type, left, right);
                        return relation == Relation.EQUAL ? Relation.GREATER : relation;
                    }
                }),
                shown("equal is less", new Logic() {
                    @Override
                    int relation(ColumnType type, AbstractValue left, AbstractValue right) {
                        int relation = super.relation(type, left, right);
                        return relation == Relation.EQUAL ? Relation.LESS : relation;
                    }
                }),
                shown("what was before is after", new Logic() {
                    @Override
                    AbstractValue known(ChangeEvent event, boolean after, String column) {
                        return super.known(event, after && event.before() == null, column);
                    }
                }),
                shown("what is after was before", new Logic() {
                    @Override
                    AbstractValue known(ChangeEvent event, boolean after, String column) {
                        return super.known(event, after || event.after() != null, column);
                    }
                }));
    }

    /** Takes what is known of one side for what is known of both. */
    private static final class OneSide extends Logic {
        private final boolean side;

        OneSide(boolean side) {
            this.side = side;
        }

        @Override
        AbstractValue known(ChangeEvent event, boolean after, String column) {
            return super.known(event, event.kind() == ChangeEvent.Kind.UPDATE ? side : after, column);
        }
    }

    private static String regex(String pattern, String underscore) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? underscore : Pattern.quote(String.valueOf(c)));
        }
        return regex.toString();
    }

    @ParameterizedTest
    @MethodSource({"truths", "values", "rules", "shownRows", "updates"})
    void isFound(Bug bug) {
        String found = null;
        for (long seed = 0; seed < CASES && found == null; seed++) {
            found = bug.check().apply(seed);
        }
        assertThat(found).as(bug.name()).isNotNull();
    }

    @Test
    void nothingIsFoundWhereNothingIsPlanted() {
        Decision decision = new Decision(Rules.standard());
        for (long seed = 0; seed < CASES / 60; seed++) {
            assertThat(RandomCheck.condition(Logic.STANDARD, seed)).isNull();
            assertThat(RandomCheck.write(decision, seed)).isNull();
            assertThat(RandomShownCheck.write(decision, seed)).isNull();
        }
    }
}
