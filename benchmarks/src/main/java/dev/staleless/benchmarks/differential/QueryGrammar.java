package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import dev.staleless.benchmarks.differential.ExpressionGrammar.Named;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes random queries. What a query returns is decided by the rows of its tables alone: LIMIT comes with a total order, and no
 * value is shown of which the database may pick one among several that are equal and look different.
 */
final class QueryGrammar {

    private final Draft draft;
    private final Choices choices;
    private final ConditionGrammar conditions;
    private final ExpressionGrammar expressions;
    private final FromGrammar from;
    private final RareQueries rare;
    private boolean ordered;

    QueryGrammar(Draft draft) {
        this.draft = draft;
        this.choices = draft.choices;
        this.conditions = new ConditionGrammar(draft);
        this.expressions = new ExpressionGrammar(draft);
        this.from = new FromGrammar(draft);
        this.rare = new RareQueries(draft, this);
    }

    static FuzzStatement make(Choices choices, FuzzSchema schema) {
        QueryGrammar grammar = new QueryGrammar(new Draft(choices, schema));
        grammar.query();
        return grammar.draft.statement(grammar.ordered);
    }

    private void query() {
        switch (choices.below(32)) {
            case 0, 1 -> rows(1, false);
            case 2 -> byKey();
            case 3, 4 -> rows(2, false);
            case 5 -> rows(3, false);
            case 6, 7 -> rows(2, true);
            case 8 -> rows(3, true);
            case 9, 10 -> page(1);
            case 11 -> page(2);
            case 12 -> count();
            case 13 -> aggregate();
            case 14, 15 -> grouped();
            case 16 -> setOperation();
            case 17 -> commonTable();
            case 18 -> rare.recursive();
            case 19 -> rare.window();
            case 20 -> distinct();
            case 21 -> distinctOn();
            case 22 -> existsOnly();
            case 23 -> scalars();
            case 24 -> withTies();
            case 25, 26 -> page(1);
            case 27 -> extremes();
            default -> rows(1, false);
        }
    }

    // ---- rows

    private void byKey() {
        Ref ref = draft.ref(draft.table());
        draft.construct("by key")
                .add("select " + items(List.of(ref)) + " from " + ref.table().name() + " " + ref.alias());
        draft.add(" where ");
        String and = "";
        for (String key : ref.table().key()) {
            draft.add(and + ref.alias() + "." + key + " = ")
                    .constant(ref.table().column(key).type());
            and = " and ";
        }
    }

    private void rows(int size, boolean outer) {
        draft.construct(size == 1 ? "one table" : outer ? "outer join" : "inner join");
        int at = draft.mark();
        List<Ref> refs = from.from(size, outer);
        draft.insert(at, "select " + items(refs) + " from ");
        where(refs, 90);
    }

    private void page(int size) {
        draft.construct("ORDER BY, LIMIT");
        int at = draft.mark();
        List<Ref> refs = from.from(size, choices.chance(40));
        draft.insert(at, "select " + items(refs) + " from ");
        where(refs, 80);
        String keys = keys(refs);
        if (keys == null) {
            return;
        }
        order(refs);
        draft.add(keys);
        ordered = true;
        limit();
    }

    private void limit() {
        int size = 1 + choices.below(3);
        if (draft.has(Feature.FETCH_FIRST) && choices.chance(20)) {
            draft.add(choices.chance(30) ? " offset 1 rows" : "").add(" fetch first " + size + " rows only");
            return;
        }
        draft.add(" limit " + size);
        if (choices.chance(25)) {
            draft.construct("OFFSET").add(" offset " + (1 + choices.below(2)));
        }
    }

    /** ORDER BY and one or two columns with a comma behind. */
    private void order(List<Ref> refs) {
        draft.add(" order by ");
        int columns = 1 + choices.below(2);
        for (int i = 0; i < columns; i++) {
            Named column = orderedColumn(refs);
            if (column != null) {
                String nulls =
                        draft.has(Feature.NULLS_FIRST) ? choices.pick("", "", " nulls first", " nulls last") : "";
                draft.add(column.text())
                        .add(choices.pick("", " desc", " asc"))
                        .add(nulls)
                        .add(", ");
            }
        }
    }

    @Nullable
    Named orderedColumn(List<Ref> refs) {
        for (int i = 0; i < 4; i++) {
            Named column = expressions.column(refs);
            if (column.column().type().isOrdered()) {
                return column;
            }
        }
        return null;
    }

    /** The primary keys of all tables, by which their rows have one order; null if there is none. */
    @Nullable
    String keys(List<Ref> refs) {
        List<String> keys = new ArrayList<>();
        for (Ref ref : refs) {
            if (ref.table().key().isEmpty()) {
                return null;
            }
            ref.table().key().forEach(key -> keys.add(ref.alias() + "." + key));
        }
        return Draft.list(keys);
    }

    void where(List<Ref> refs, int percent) {
        if (choices.chance(percent)) {
            draft.add(" where ");
            conditions.condition(refs, choices.pick(0, 0, 1, 1, 2, 3));
        }
    }

    String items(List<Ref> refs) {
        switch (choices.below(6)) {
            case 0 -> {
                return "*";
            }
            case 1 -> {
                return refs.get(0).alias() + ".*";
            }
            case 2 -> {
                if (draft.has(Feature.DOUBLE_COLON)) {
                    return refs.get(0).alias() + "::text";
                }
                return "*";
            }
            default -> {
                List<String> items = new ArrayList<>();
                int count = 1 + choices.below(3);
                for (int i = 0; i < count; i++) {
                    items.add(expressions.column(refs).text());
                }
                if (choices.chance(40)) {
                    items.add(0, keys(refs.subList(0, 1)) == null ? "1" : keys(refs.subList(0, 1)));
                }
                return Draft.list(items);
            }
        }
    }

    // ---- aggregates

    private void count() {
        draft.construct("COUNT");
        int at = draft.mark();
        List<Ref> refs = from.from(choices.pick(1, 1, 2), choices.chance(30));
        draft.insert(at, "select count(*) from ");
        where(refs, 90);
    }

    private void aggregate() {
        draft.construct("aggregate");
        int at = draft.mark();
        List<Ref> refs = from.from(choices.pick(1, 1, 2), false);
        List<String> items = new ArrayList<>();
        int count = 1 + choices.below(2);
        for (int i = 0; i < count; i++) {
            items.add(aggregateOf(refs));
        }
        draft.insert(at, "select " + Draft.list(items) + " from ");
        where(refs, 85);
    }

    /** The least or greatest value of a column. */
    private void extremes() {
        draft.construct("MIN, MAX");
        Ref ref = draft.ref(draft.table());
        Named column = orderedColumn(List.of(ref));
        boolean shown = column != null
                && column.column().type().showsEqualsAlike()
                && !EnumSet.of(Family.BOOLEAN, Family.UUID, Family.BYTES)
                        .contains(column.column().family());
        String item = shown && column != null ? choices.pick("max(", "min(") + column.text() + ")" : "count(*)";
        draft.add("select " + item + " from " + ref.table().name() + " " + ref.alias());
        where(List.of(ref), 50);
    }

    private String aggregateOf(List<Ref> refs) {
        Named column = shown(refs);
        Named number = expressions.column(refs, Family.INTEGER);
        Named text = expressions.column(refs, Family.TEXT);
        String filter = draft.has(Feature.FILTER) && choices.chance(15) && number != null
                ? " filter (where " + number.text() + " > 1)"
                : "";
        return switch (choices.below(8)) {
            case 0 -> "count(*)" + filter;
            case 1, 2 -> number == null ? "count(*)" : "sum(" + number.text() + ")" + filter;
            case 3 -> column == null ? "count(*)" : "count(" + column.text() + ")" + filter;
            case 4 -> column == null ? "count(*)" : "count(distinct " + column.text() + ")";
            case 5 -> number == null ? "count(*)" : "avg(" + number.text() + ")" + filter;
            case 6 -> text == null ? "count(*)" : concatenated(text.text());
            default -> number == null ? "count(*)" : choices.pick("min(", "max(") + number.text() + ")" + filter;
        };
    }

    private String concatenated(String column) {
        return draft.has(Feature.DOUBLE_COLON)
                ? "string_agg(" + column + ", ',' order by " + column + ")"
                : "max(" + column + ")";
    }

    /** A column whose equal values look alike. */
    @Nullable
    Named shown(List<Ref> refs) {
        for (int i = 0; i < 6; i++) {
            Named column = expressions.column(refs);
            if (column.column().type().showsEqualsAlike()) {
                return column;
            }
        }
        return null;
    }

    private void grouped() {
        draft.construct("GROUP BY");
        int at = draft.mark();
        List<Ref> refs = from.from(choices.pick(1, 1, 2), choices.chance(30));
        Named group = shown(refs);
        String by = group == null ? "1" : group.text();
        draft.insert(at, "select " + (group == null ? "1" : by) + ", " + aggregateOf(refs) + " from ");
        where(refs, 70);
        if (group == null) {
            return;
        }
        boolean sets = draft.has(Feature.GROUPING_SETS) && choices.chance(10);
        draft.add(" group by ").add(sets ? "rollup (" + by + ")" : by);
        if (choices.chance(40)) {
            draft.construct("HAVING")
                    .add(" having ")
                    .add(choices.pick("count(*) > 1", "count(*) = 1", "min(" + 1 + ") = 1"));
        }
    }

    private void distinct() {
        draft.construct("DISTINCT");
        int at = draft.mark();
        List<Ref> refs = from.from(choices.pick(1, 1, 2), choices.chance(30));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Named column = shown(refs);
            if (column != null) {
                items.add(column.text());
            }
        }
        draft.insert(at, "select distinct " + (items.isEmpty() ? "1" : Draft.list(items)) + " from ");
        where(refs, 80);
    }

    private void distinctOn() {
        if (!draft.has(Feature.DISTINCT_ON)) {
            distinct();
            return;
        }
        draft.construct("DISTINCT ON");
        Ref ref = draft.ref(draft.table());
        Named column = orderedColumn(List.of(ref));
        String on = column == null ? ref.alias() + "." + ref.table().key().get(0) : column.text();
        draft.add("select distinct on (" + on + ") " + items(List.of(ref)) + " from "
                + ref.table().name() + " " + ref.alias());
        where(List.of(ref), 80);
        draft.add(" order by " + on + choices.pick("", " desc") + ", " + keys(List.of(ref)));
        // of a collation's equal values the first by key is shown, so that the order is total
        ordered = true;
    }

    private void existsOnly() {
        draft.construct("EXISTS only");
        if (choices.chance(50)) {
            draft.add("select exists (select 1 from ");
            List<Ref> refs = from.from(choices.pick(1, 2), false);
            where(refs, 100);
            draft.add(")");
        } else {
            draft.add("select 1 from ");
            List<Ref> refs = from.from(1, false);
            where(refs, 100);
            draft.add(" limit 1");
        }
    }

    private void withTies() {
        if (!draft.has(Feature.WITH_TIES)) {
            page(1);
            return;
        }
        draft.construct("WITH TIES");
        int at = draft.mark();
        List<Ref> refs = from.from(1, false);
        draft.insert(at, "select " + items(refs) + " from ");
        where(refs, 70);
        Named column = orderedColumn(refs);
        if (column != null) {
            draft.add(" order by " + column.text() + choices.pick("", " desc"));
            draft.add(" fetch first " + (1 + choices.below(2)) + " rows with ties");
        }
    }

    // ---- several blocks

    private void setOperation() {
        FuzzColumn column = null;
        int members = choices.pick(2, 2, 2, 3);
        boolean distinguished = true;
        for (int i = 0; i < members; i++) {
            Ref ref = draft.ref(draft.table());
            Named named = column == null ? shown(List.of(ref)) : expressions.column(List.of(ref), column.family());
            column = column == null && named != null ? named.column() : column;
            distinguished &= named != null;
            String item = named == null ? column == null ? "1" : "null" : named.text();
            draft.add("select " + item + " from " + ref.table().name() + " " + ref.alias());
            where(List.of(ref), 85);
            if (i < members - 1) {
                String operator = choices.pick("union", "union all", "intersect", "except");
                boolean all = draft.has(Feature.ALL_SET_OPERATIONS)
                        && (members == 2 || draft.has(Feature.CHAINED_SET_OPERATIONS));
                if (all && choices.chance(25)) {
                    operator = choices.pick("intersect all", "except all");
                }
                draft.construct(operator.toUpperCase(java.util.Locale.ROOT)).add(" " + operator + " ");
            }
        }
        if (distinguished && column != null && column.type().isOrdered() && choices.chance(20)) {
            draft.construct("LIMIT of a set operation").add(" order by 1 limit " + (1 + choices.below(3)));
            ordered = true;
        }
    }

    void commonTable() {
        draft.construct("CTE");
        String name = draft.name();
        Ref inner = draft.ref(draft.table());
        String materialized =
                draft.has(Feature.MATERIALIZED) ? choices.pick("", "", "materialized ", "not materialized ") : "";
        draft.add("with " + name + " as " + materialized + "(select * from "
                + inner.table().name() + " " + inner.alias());
        where(List.of(inner), 80);
        draft.add(") select ");
        Ref ref = draft.ref(FuzzTable.derived(name, inner.table().columns(), java.util.Set.of()));
        List<Ref> refs = new ArrayList<>(List.of(ref));
        int at = draft.mark();
        draft.add(" from " + name + " " + ref.alias());
        if (choices.chance(50)) {
            Ref other = choices.chance(30) ? draft.ref(ref.table()) : draft.ref(draft.table());
            draft.add(choices.pick(" join ", " left join ") + other.table().name() + " " + other.alias() + " on ");
            conditions.on(refs, other);
            refs.add(other);
        }
        draft.insert(at, items(refs));
        where(refs, 60);
    }

    private void scalars() {
        draft.construct("sub-query in SELECT");
        Ref ref = draft.ref(draft.table());
        draft.add("select " + keys(List.of(ref)) + ", ");
        expressions.expression(expressions.column(List.of(ref)).column().type(), List.of(ref), 2);
        Ref inner = draft.ref(draft.table());
        draft.add(", (select count(*) from " + inner.table().name() + " " + inner.alias() + " where ");
        conditions.correlated(inner, List.of(ref), 1);
        draft.add(") from " + ref.table().name() + " " + ref.alias());
        where(List.of(ref), 70);
    }
}
