package dev.staleless.sql.oracle;

import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.query.Contribution.Role;
import dev.staleless.core.query.Contribution.Shown;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.ResultForm.Extreme;
import dev.staleless.core.query.ResultForm.Kind;
import dev.staleless.core.query.ResultForm.SortKey;
import dev.staleless.core.query.TableUse;
import dev.staleless.sql.oracle.AnalyserOracle.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bugs in what is told of a result's rows: each must let a rule that looks at them keep what changed. */
final class ShownFaults {

    private ShownFaults() {}

    static Stream<Fault> all() {
        return Stream.of(
                form("OFFSET is overlooked", form -> with(form, form.kind(), form.limit(), false, form.order())),
                form(
                        "a page is full with its first row",
                        form -> with(form, form.kind(), one(form.limit()), form.skips(), form.order())),
                form("NULLs stand at the other end", form -> order(form, ShownFaults::nullsElsewhere)),
                form("rows are sorted the other way", form -> order(form, ShownFaults::otherWay)),
                form("a result of nothing is one of something", ShownFaults::negated),
                form("the greatest is the least", ShownFaults::extremesExchanged),
                contribution("what an outer join fills is combined", ShownFaults::combined),
                contribution("a row that is added is seen by what it shows itself", ShownFaults::besideItself),
                contribution("columns are seen one place off", ShownFaults::misplaced),
                membership("only the key decides what takes part"));
    }

    private static Fault template(String name, UnaryOperator<QueryTemplate> change) {
        return new Fault(name, UnaryOperator.identity(), change, UnaryOperator.identity());
    }

    // ---- the form

    private static Fault form(String name, UnaryOperator<ResultForm> change) {
        return template(name, template -> {
            ResultForm form = template.form();
            return new QueryTemplate(
                    template.operation(),
                    template.uses(),
                    template.parameterCount(),
                    template.temporalParameters(),
                    form == null ? null : change.apply(form));
        });
    }

    private static ResultForm with(
            ResultForm form, Kind kind, @Nullable Operand limit, boolean skips, List<SortKey> order) {
        return new ResultForm(
                kind, form.columns(), limit, skips, form.withTies(), form.constant(), order, form.aggregates());
    }

    private static @Nullable Operand one(@Nullable Operand limit) {
        return limit == null ? null : new Operand.Literal(1L, false);
    }

    private static ResultForm order(ResultForm form, UnaryOperator<SortKey> change) {
        return with(
                form,
                form.kind(),
                form.limit(),
                form.skips(),
                form.order().stream().map(change).toList());
    }

    private static SortKey nullsElsewhere(SortKey key) {
        return new SortKey(key.use(), key.column(), key.type(), key.position(), key.descending(), !key.nullsFirst());
    }

    private static SortKey otherWay(SortKey key) {
        return new SortKey(key.use(), key.column(), key.type(), key.position(), !key.descending(), key.nullsFirst());
    }

    private static ResultForm negated(ResultForm form) {
        Kind kind = switch (form.kind()) {
            case FOUND -> Kind.NOT_FOUND;
            case NOT_FOUND -> Kind.FOUND;
            default -> form.kind();
        };
        return with(form, kind, form.limit(), form.skips(), form.order());
    }

    private static ResultForm extremesExchanged(ResultForm form) {
        List<ResultForm.Aggregate> aggregates = form.aggregates().stream()
                .map(one -> one instanceof Extreme e ? new Extreme(e.use(), e.column(), e.type(), !e.greatest()) : one)
                .toList();
        return new ResultForm(
                form.kind(),
                form.columns(),
                form.limit(),
                form.skips(),
                form.withTies(),
                form.constant(),
                form.order(),
                aggregates);
    }

    // ---- the occurrences

    private static Fault contribution(String name, UnaryOperator<Contribution> change) {
        return uses(name, use -> {
            Contribution contribution = use.contribution();
            return with(use, use.membershipColumns(), contribution == null ? null : change.apply(contribution));
        });
    }

    private static Fault membership(String name) {
        return uses(name, use -> with(use, ColumnSet.of(Set.of("id", "a_id", "c_id")), use.contribution()));
    }

    private static Fault uses(String name, UnaryOperator<TableUse> change) {
        return template(
                name,
                template -> new QueryTemplate(
                        template.operation(),
                        template.uses().stream().map(change).toList(),
                        template.parameterCount(),
                        template.temporalParameters(),
                        template.form()));
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

    private static Contribution combined(Contribution from) {
        boolean outer = from.role() == Role.OTHER
                || from.role() == Role.ATTACHED && !from.shown().isEmpty();
        return outer ? new Contribution(Role.COMBINED, from.shown(), Map.of(), from.key()) : from;
    }

    private static Contribution besideItself(Contribution from) {
        return from.role() == Role.ATTACHED
                ? new Contribution(from.role(), from.shown(), from.shown(), from.key())
                : from;
    }

    private static Contribution misplaced(Contribution from) {
        Map<String, Shown> shown = new HashMap<>();
        from.shown()
                .forEach((column, place) -> shown.put(
                        column,
                        new Shown(place.position() == 0 ? 1 : place.position() - 1, place.type(), place.itself())));
        return new Contribution(from.role(), shown, from.beside(), from.key());
    }
}
