package dev.staleless.benchmarks.differential;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.Referrals;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.Revalidation;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bugs of the analyser and the decision, as they could be made, that the fuzzer has to find. */
final class PlantedFaults {

    private PlantedFaults() {}

    static List<Fault> all() {
        return Stream.of(ofQueries(), ofBlocks(), ofRules(), ofChanges(), ofRows(), ofRevalidation())
                .flatMap(each -> each)
                .toList();
    }

    /** Those that some ten thousand pairs show; the others take a long run. */
    static List<String> oftenFound() {
        Set<String> seldom = Set.of(
                "LIMIT in a sub-query is overlooked",
                "DISTINCT is overlooked",
                "groups are rows",
                "a page in doubt is asked for in ascending order",
                "rows that go with those to which they refer never matter");
        return all().stream()
                .map(Fault::name)
                .filter(name -> !seldom.contains(name))
                .toList();
    }

    private static Stream<Fault> ofQueries() {
        return Stream.of(
                Fault.inQuery(
                        "WHERE restricts the filled side of an outer join",
                        sql -> sql.replaceAll("(left|right|full) join", "join")),
                Fault.inQuery("OR is taken for AND", sql -> sql.replace(" or ", " and ")),
                Fault.inQuery("NOT is lost", sql -> sql.replace("not (", "(")),
                conditions("the bounds of a range are outside of it", PlantedFaults::open),
                Fault.inQuery(
                        "lower() is lost", sql -> sql.replace("lower(", "(").replace("upper(", "(")),
                Fault.inQuery("IS NOT TRUE is taken for IS TRUE", sql -> sql.replace(") is not true", ") is true")),
                uses("an occurrence in a sub-query is overlooked", uses -> uses.subList(0, uses.size() - 1)),
                uses("a column that is read is overlooked", PlantedFaults::withoutColumns),
                conditions("every condition is a conjunct", PlantedFaults::conjunction));
    }

    /** What a block leaves out or puts in order is overlooked. */
    private static Stream<Fault> ofBlocks() {
        return Stream.of(
                Fault.inQuery("LIMIT in a sub-query is overlooked", sql -> sql.replaceAll(" limit [0-9]+\\) q", ") q")),
                Fault.inQuery("OFFSET is overlooked", sql -> sql.replaceAll(" offset [0-9]+( rows)?", "")),
                Fault.inQuery("every order is ascending", sql -> sql.replace(" desc", "")),
                Fault.inQuery("DISTINCT is overlooked", sql -> sql.replace("select distinct q", "select q")),
                Fault.inQuery("HAVING is overlooked", sql -> sql.replaceAll(" having .*", "")),
                Fault.inQuery("NOT EXISTS is taken for EXISTS", sql -> sql.replace("not exists", "exists")),
                Fault.inQuery("NOT IN is taken for IN", sql -> sql.replace(" not in (", " in (")));
    }

    /** What a rule builds upon is not so. */
    private static Stream<Fault> ofRules() {
        return Stream.of(
                uses(
                        "no row refers to another",
                        uses -> uses.stream().map(PlantedFaults::unreferred).toList()),
                uses(
                        "every occurrence stands in FROM",
                        uses -> uses.stream().map(PlantedFaults::combined).toList()),
                uses(
                        "membership is decided by the key alone",
                        uses -> uses.stream().map(PlantedFaults::keyOnly).toList()),
                Fault.inTemplate("groups are rows", PlantedFaults::ungrouped));
    }

    private static Stream<Fault> ofChanges() {
        return Stream.of(
                events("the row after an UPDATE is not looked at", PlantedFaults::afterIsBefore),
                events("the row before an UPDATE is not looked at", PlantedFaults::beforeIsAfter),
                Fault.inEvents("foreign keys do not spread", events -> events.subList(0, Math.min(1, events.size()))),
                Fault.inEvents(
                        "rows that go with those to which they refer never matter",
                        events -> events.stream()
                                .filter(event -> event.orphanOf() == null)
                                .toList()),
                events("an omitted column is NULL whatever its default", PlantedFaults::omittedIsNull),
                events("a computed column is not changed", PlantedFaults::computedIsNotChanged),
                events("an UPDATE keeps what its WHERE says of the columns it sets", PlantedFaults::assignedIsKept));
    }

    private static Stream<Fault> ofRows() {
        return Stream.of(
                Fault.inRows("the first of several cached rows is overlooked", rows -> view(rows, 1, rows.size())),
                Fault.inRows("a page ends with its first row", rows -> view(rows, 0, 1)));
    }

    private static Stream<Fault> ofRevalidation() {
        return Stream.of(
                Fault.inTemplate(
                        "rows in doubt are never found",
                        template -> asking(
                                template,
                                (text, page) -> page
                                        ? text
                                        : new Revalidation.Text(
                                                text.before() + "false AND ",
                                                text.after(),
                                                text.parameters(),
                                                text.parametersAfter()))),
                Fault.inTemplate(
                        "a page in doubt is asked for in ascending order",
                        template -> asking(
                                template,
                                (text, page) -> page
                                        ? new Revalidation.Text(
                                                text.before(),
                                                text.after().replace(" desc", ""),
                                                text.parameters(),
                                                text.parametersAfter())
                                        : text)));
    }

    private static QueryTemplate asking(
            QueryTemplate template, BiFunction<Revalidation.Text, Boolean, Revalidation.Text> change) {
        Revalidation asked = template.revalidation();
        if (asked == null) {
            return template;
        }
        Revalidation.Text page = asked.page();
        return new QueryTemplate(
                template.operation(),
                template.uses(),
                template.parameterCount(),
                template.temporalParameters(),
                template.form(),
                new Revalidation(
                        change.apply(asked.existence(), false),
                        page == null ? null : change.apply(page, true),
                        asked.pageKey(),
                        asked.handles()));
    }

    private static Fault uses(String name, UnaryOperator<List<TableUse>> change) {
        return Fault.inTemplate(
                name,
                template -> new QueryTemplate(
                        template.operation(),
                        change.apply(template.uses()),
                        template.parameterCount(),
                        template.temporalParameters(),
                        template.form()));
    }

    private static Fault conditions(String name, UnaryOperator<Condition> change) {
        return uses(
                name,
                uses -> uses.stream()
                        .map(use -> with(use, use.columnsRead(), everywhere(use.condition(), change)))
                        .toList());
    }

    private static Fault events(String name, UnaryOperator<ChangeEvent> change) {
        return Fault.inEvents(name, events -> events.stream().map(change).toList());
    }

    // ---- rules

    private static TableUse unreferred(TableUse use) {
        Set<ChangeEvent.Kind> all = Set.of(ChangeEvent.Kind.INSERT, ChangeEvent.Kind.DELETE);
        return new TableUse(
                use.index(),
                use.alias(),
                use.table(),
                use.columnsRead(),
                use.membershipColumns(),
                use.condition(),
                use.pins(),
                use.contribution(),
                new Referrals(all, use.referrals().needed()),
                use.filters());
    }

    private static TableUse combined(TableUse use) {
        Contribution told = use.contribution();
        Contribution changed = told == null
                ? null
                : new Contribution(Contribution.Role.COMBINED, told.shown(), told.beside(), told.key());
        return with(use, use.membershipColumns(), changed);
    }

    private static TableUse keyOnly(TableUse use) {
        Contribution told = use.contribution();
        boolean shown = told != null && !told.key().isEmpty();
        return shown ? with(use, ColumnSet.of(Set.copyOf(told.key())), told) : use;
    }

    private static TableUse with(TableUse use, ColumnSet membership, @Nullable Contribution contribution) {
        return new TableUse(
                use.index(),
                use.alias(),
                use.table(),
                use.columnsRead(),
                membership,
                use.condition(),
                use.pins(),
                contribution,
                use.referrals(),
                use.filters());
    }

    private static QueryTemplate ungrouped(QueryTemplate template) {
        ResultForm form = template.form();
        boolean grouped = form != null && form.kind() == ResultForm.Kind.GROUPS;
        ResultForm rows = form == null || !grouped
                ? form
                : new ResultForm(
                        ResultForm.Kind.ROWS,
                        form.columns(),
                        form.limit(),
                        form.skips(),
                        form.withTies(),
                        form.constant(),
                        form.order(),
                        List.of());
        return new QueryTemplate(
                template.operation(), template.uses(), template.parameterCount(), template.temporalParameters(), rows);
    }

    // ---- queries

    private static List<TableUse> withoutColumns(List<TableUse> uses) {
        List<TableUse> changed = new ArrayList<>();
        for (TableUse use : uses) {
            Set<String> names = use.columnsRead().names();
            Set<String> fewer = new HashSet<>(names == null ? Set.of() : names);
            fewer.removeAll(Set.of("i0", "s0", "n0", "b0"));
            changed.add(names == null ? use : with(use, ColumnSet.of(fewer), use.condition()));
        }
        return changed;
    }

    private static Condition conjunction(Condition condition) {
        return condition instanceof Condition.Or or ? new Condition.And(or.parts()) : condition;
    }

    private static Condition open(Condition condition) {
        if (!(condition instanceof Condition.Comparison comparison)) {
            return condition;
        }
        Condition.Operator operator = switch (comparison.operator()) {
            case GREATER_OR_EQUAL -> Condition.Operator.GREATER;
            case LESS_OR_EQUAL -> Condition.Operator.LESS;
            default -> comparison.operator();
        };
        return new Condition.Comparison(operator, comparison.left(), comparison.right());
    }

    /** Changes a condition and all that it is made of, from the inside out. */
    private static Condition everywhere(Condition condition, UnaryOperator<Condition> change) {
        Condition changed = condition;
        if (condition instanceof Condition.And and) {
            changed = new Condition.And(everywhere(and.parts(), change));
        } else if (condition instanceof Condition.Or or) {
            changed = new Condition.Or(everywhere(or.parts(), change));
        } else if (condition instanceof Condition.Not not) {
            changed = new Condition.Not(everywhere(not.of(), change));
        }
        return change.apply(changed);
    }

    private static List<Condition> everywhere(List<Condition> conditions, UnaryOperator<Condition> change) {
        return conditions.stream().map(each -> everywhere(each, change)).toList();
    }

    private static TableUse with(TableUse use, ColumnSet read, Condition condition) {
        return new TableUse(
                use.index(),
                use.alias(),
                use.table(),
                read,
                use.membershipColumns(),
                condition,
                use.pins(),
                use.contribution());
    }

    // ---- changes

    private static ChangeEvent afterIsBefore(ChangeEvent event) {
        return event.kind() == ChangeEvent.Kind.UPDATE
                ? new ChangeEvent(event.table(), event.kind(), event.before(), event.before(), event.changed())
                : event;
    }

    private static ChangeEvent beforeIsAfter(ChangeEvent event) {
        return event.kind() == ChangeEvent.Kind.UPDATE
                ? new ChangeEvent(event.table(), event.kind(), event.after(), event.after(), event.changed())
                : event;
    }

    private static ChangeEvent omittedIsNull(ChangeEvent event) {
        if (event.kind() != ChangeEvent.Kind.INSERT || event.after() == null) {
            return event;
        }
        Map<String, AbstractValue> after = new HashMap<>(event.after().values());
        for (String prefix : List.of("i", "s", "n", "d", "b", "f", "c", "u", "tm", "ts")) {
            for (int number = 0; number < 4; number++) {
                after.putIfAbsent(prefix + number, AbstractValue.NULL);
            }
        }
        List.of("i7", "s7", "ref").forEach(column -> after.putIfAbsent(column, AbstractValue.NULL));
        return ChangeEvent.insert(event.table(), new Image(after));
    }

    private static ChangeEvent computedIsNotChanged(ChangeEvent event) {
        Set<String> names = event.changed().names();
        if (names == null) {
            return event;
        }
        Set<String> fewer = new HashSet<>(names);
        fewer.removeAll(Set.of("i7", "s7"));
        return new ChangeEvent(event.table(), event.kind(), event.before(), event.after(), ColumnSet.of(fewer));
    }

    private static ChangeEvent assignedIsKept(ChangeEvent event) {
        if (event.kind() != ChangeEvent.Kind.UPDATE || event.after() == null || event.before() == null) {
            return event;
        }
        Map<String, AbstractValue> after = new HashMap<>(event.after().values());
        after.putAll(event.before().values());
        return new ChangeEvent(event.table(), event.kind(), event.before(), new Image(after), event.changed());
    }

    // ---- rows

    private static CachedRows view(CachedRows rows, int from, int to) {
        if (rows.size() < 2) {
            return rows;
        }
        return new CachedRows() {
            @Override
            public int size() {
                return to - from;
            }

            @Override
            public int columns() {
                return rows.columns();
            }

            @Override
            public Object value(int row, int column) {
                return rows.value(from + row, column);
            }
        };
    }
}
