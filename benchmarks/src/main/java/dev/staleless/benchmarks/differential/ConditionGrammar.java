package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import dev.staleless.benchmarks.differential.ExpressionGrammar.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes conditions. */
final class ConditionGrammar {

    private final Draft draft;
    private final Choices choices;
    private final ExpressionGrammar expressions;

    ConditionGrammar(Draft draft) {
        this.draft = draft;
        this.choices = draft.choices;
        this.expressions = new ExpressionGrammar(draft);
    }

    /** A condition on these tables' rows. */
    void condition(List<Ref> refs, int depth) {
        if (depth <= 0 || !choices.chance(55)) {
            atom(refs, depth);
            return;
        }
        switch (choices.below(7)) {
            case 0, 1, 2 -> both(refs, depth, " and ");
            case 3, 4 -> {
                draft.construct("OR");
                both(refs, depth, " or ");
            }
            case 5 -> {
                draft.construct("NOT").add("not (");
                condition(refs, depth - 1);
                draft.add(")");
            }
            default -> truthTest(refs, depth);
        }
    }

    private void both(List<Ref> refs, int depth, String operator) {
        draft.add("(");
        condition(refs, depth - 1);
        draft.add(operator);
        condition(refs, depth - 1);
        draft.add(")");
    }

    private void truthTest(List<Ref> refs, int depth) {
        draft.construct("IS TRUE").add("(");
        condition(refs, depth - 1);
        draft.add(choices.pick(") is true", ") is not true", ") is false", ") is not false"));
    }

    private void atom(List<Ref> refs, int depth) {
        switch (choices.below(depth > 0 ? 20 : 15)) {
            case 0, 1, 2, 3, 4 -> comparison(refs);
            case 5 -> in(refs);
            case 6 -> between(refs);
            case 7 -> like(refs);
            case 8 -> {
                draft.construct("IS NULL").add(expressions.column(refs).text());
                draft.add(choices.pick(" is null", " is not null"));
            }
            case 9 -> distinct(refs);
            case 10 -> truth(refs);
            case 11 -> folded(refs);
            case 12 -> columns(refs);
            case 13 -> rows(refs);
            case 14 -> array(refs);
            case 15, 16 -> computed(refs, depth);
            case 17 -> exists(refs, depth);
            case 18 -> inSubquery(refs, depth);
            default -> special(refs);
        }
    }

    // ---- column and constant

    private void comparison(List<Ref> refs) {
        Named column = expressions.column(refs);
        boolean ordered = column.column().type().isOrdered();
        draft.construct("comparison").add(column.text());
        draft.add(ordered ? choices.pick(" = ", " = ", " = ", " <> ", " < ", " >= ", " > ", " <= ") : " = ");
        draft.constant(column.column().type());
    }

    private void in(List<Ref> refs) {
        Named column = expressions.column(refs);
        draft.construct("IN").add(column.text()).add(choices.pick(" in (", " in (", " not in ("));
        int size = 1 + choices.below(choices.chance(10) ? 12 : 4);
        boolean rows = choices.chance(4) && draft.has(Feature.COLUMN_ALIASES);
        if (rows) {
            draft.construct("IN (VALUES)").add("values (");
        }
        for (int i = 0; i < size; i++) {
            draft.add(i == 0 ? "" : rows ? "), (" : ", ")
                    .constant(column.column().type());
        }
        draft.add(rows ? "))" : ")");
    }

    private void between(List<Ref> refs) {
        Named column = expressions.column(refs);
        if (!column.column().type().isOrdered()) {
            comparison(refs);
            return;
        }
        String symmetric = draft.has(Feature.SYMMETRIC) && choices.chance(20) ? "symmetric " : "";
        draft.construct("BETWEEN")
                .add(column.text())
                .add(choices.pick(" between ", " not between "))
                .add(symmetric);
        draft.constant(column.column().type());
        draft.add(" and ").constant(column.column().type());
    }

    private void like(List<Ref> refs) {
        Family family = choices.pick(Family.TEXT, Family.TEXT, Family.FIXED_TEXT);
        Named column = expressions.column(refs, family);
        if (column == null) {
            comparison(refs);
            return;
        }
        draft.construct("LIKE").add(column.text());
        if (draft.has(Feature.REGEX_OPERATOR) && choices.chance(15)) {
            draft.construct("regular expression").add(choices.pick(" ~ ", " !~ ", " ~* "));
            draft.add(choices.pick("'^a'", "'b$'", "'a'", "'^[ab]+$'"));
            return;
        }
        boolean insensitive = draft.has(Feature.ILIKE) && choices.chance(25);
        draft.add(choices.pick(" ", " ", " not ")).add(insensitive ? "ilike " : "like ");
        String pattern = choices.pick("a%", "%b", "%a%", "_", "a_", "A", "a\\%", "%", "");
        draft.value(FuzzValue.of("'" + pattern + "'", pattern));
        if (choices.chance(10)) {
            draft.add(" escape '!'");
        }
    }

    private void distinct(List<Ref> refs) {
        Named column = expressions.column(refs);
        draft.construct("IS DISTINCT").add(column.text());
        draft.add(
                draft.has(Feature.NULL_SAFE_EQUAL)
                        ? " <=> "
                        : choices.pick(" is distinct from ", " is not distinct from "));
        draft.constant(column.column().type());
    }

    private void truth(List<Ref> refs) {
        Named column = expressions.column(refs, Family.BOOLEAN);
        if (column == null) {
            comparison(refs);
            return;
        }
        draft.construct("boolean column").add(choices.pick("", "not ")).add(column.text());
        draft.add(choices.pick("", "", " is true", " is not false"));
    }

    private void folded(List<Ref> refs) {
        Named column = expressions.column(refs, Family.TEXT);
        if (column == null) {
            comparison(refs);
            return;
        }
        boolean lower = choices.chance(60);
        draft.construct("case-insensitive").add(lower ? "lower(" : "upper(").add(column.text());
        draft.add(choices.pick(") = ", ") = ", ") = ", ") <> ", ") like "));
        if (choices.chance(70)) {
            String text = lower ? choices.pick("a", "b", "ab") : choices.pick("A", "B");
            draft.value(FuzzValue.of("'" + text + "'", text));
        } else {
            draft.constant(column.column().type());
        }
    }

    private void columns(List<Ref> refs) {
        Named left = expressions.column(refs);
        Named right = expressions.column(refs, left.column().family());
        String operator = left.column().type().isOrdered() ? choices.pick(" = ", " = ", " < ", " <> ") : " = ";
        draft.construct("column with column").add(left.text()).add(operator);
        draft.add(right == null ? left.text() : right.text());
    }

    private void rows(List<Ref> refs) {
        if (!draft.has(Feature.ROW_VALUES)) {
            comparison(refs);
            return;
        }
        draft.construct("row value");
        List<Named> columns = List.of(expressions.column(refs), expressions.column(refs));
        boolean ordered =
                columns.stream().allMatch(column -> column.column().type().isOrdered());
        draft.add("(" + columns.get(0).text() + ", " + columns.get(1).text() + ")");
        String operator =
                ordered ? choices.pick(" = ", " in (", " not in (", " < ", " >= ") : choices.pick(" = ", " in (");
        draft.add(operator);
        row(columns);
        if (operator.endsWith("(")) {
            if (choices.chance(60)) {
                draft.add(", ");
                row(columns);
            }
            draft.add(")");
        }
    }

    private void row(List<Named> columns) {
        draft.add("(").constant(columns.get(0).column().type());
        draft.add(", ").constant(columns.get(1).column().type());
        draft.add(")");
    }

    private void array(List<Ref> refs) {
        Named column = expressions.column(refs, choices.pick(Family.INTEGER, Family.TEXT));
        if (column == null || !draft.has(Feature.ANY_ARRAY)) {
            in(refs);
            return;
        }
        List<FuzzValue> values = column.column().type().stored();
        draft.construct("= ANY(array)").add(column.text());
        draft.add(choices.pick(" = any (", " = any (", " <> all ("));
        if (draft.has(Feature.BOUND_ARRAYS) && choices.chance(50)) {
            bound(values);
            return;
        }
        draft.add("array[");
        int size = 1 + choices.below(3);
        for (int i = 0; i < size; i++) {
            draft.add(i == 0 ? "" : ", ").add(choices.pick(values).literal());
        }
        draft.add("])");
    }

    /** One parameter for all. */
    private void bound(List<FuzzValue> values) {
        Class<?> type = values.get(0).parameter().getClass();
        @Nullable Object[] array = (@Nullable Object[]) java.lang.reflect.Array.newInstance(type, choices.below(4));
        for (int i = 0; i < array.length; i++) {
            array[i] = choices.chance(8) ? null : choices.pick(values).parameter();
        }
        draft.construct("= ANY(bound array)").bound("?)", array);
    }

    // ---- with expressions

    private void computed(List<Ref> refs, int depth) {
        draft.construct("computed operand");
        FuzzType type = expressions.column(refs).column().type();
        expressions.expression(type, refs, depth);
        draft.add(type.isOrdered() ? choices.pick(" = ", " <> ", " < ", " >= ") : " = ");
        if (choices.chance(60)) {
            draft.constant(type);
        } else {
            expressions.expression(type, refs, depth - 1);
        }
    }

    private void special(List<Ref> refs) {
        new TypeConditions(draft).write(refs);
    }

    // ---- sub-queries

    private void exists(List<Ref> refs, int depth) {
        boolean not = choices.chance(40);
        Ref inner = draft.ref(draft.table());
        draft.construct(not ? "NOT EXISTS" : "EXISTS").add(not ? "not exists (select " : "exists (select ");
        draft.add(choices.pick("1", "*")).add(" from " + inner.table().name() + " " + inner.alias() + " where ");
        correlated(inner, refs, depth - 1);
        draft.add(")");
    }

    private void inSubquery(List<Ref> refs, int depth) {
        Named column = expressions.column(refs, Family.INTEGER);
        Ref inner = draft.ref(draft.table());
        Named shown = expressions.column(List.of(inner), Family.INTEGER);
        if (column == null || shown == null) {
            comparison(refs);
            return;
        }
        String operator = choices.pick(" in ", " in ", " not in ", " = any ", " >= all ");
        draft.construct(operator.strip().toUpperCase(java.util.Locale.ROOT) + " (SELECT)");
        draft.add(column.text() + operator + "(select " + shown.text());
        draft.add(" from " + inner.table().name() + " " + inner.alias() + " where ");
        correlated(inner, refs, depth - 1);
        draft.add(")");
    }

    /** A condition on a sub-query's table, which mostly names a table around it. */
    void correlated(Ref inner, List<Ref> outer, int depth) {
        if (!outer.isEmpty() && choices.chance(70)) {
            on(List.of(inner), choices.pick(outer));
            draft.construct("correlated");
            if (choices.chance(40)) {
                return;
            }
            draft.add(" and ");
        }
        List<Ref> visible = new ArrayList<>(List.of(inner));
        if (choices.chance(20)) {
            visible.addAll(outer);
        }
        condition(visible, depth);
    }

    private void equal(Ref from, FuzzTable.Reference reference, Ref to) {
        String and = "";
        for (int i = 0; i < reference.columns().size(); i++) {
            draft.add(and + from.alias() + "." + reference.columns().get(i) + " = ");
            draft.add(to.alias() + "." + reference.keys().get(i));
            and = " and ";
        }
    }

    /** Equates a foreign key and what it refers to, or any two columns of one family. */
    void on(List<Ref> left, Ref right) {
        Ref other = choices.pick(left);
        for (Ref[] pair : new Ref[][] {{other, right}, {right, other}}) {
            for (FuzzTable.Reference reference : pair[0].table().references()) {
                if (reference.table().equals(pair[1].table().name()) && choices.chance(80)) {
                    equal(pair[0], reference, pair[1]);
                    return;
                }
            }
        }
        Named from = expressions.column(List.of(other));
        Named to = expressions.column(List.of(right), from.column().family());
        if (to == null) {
            from = expressions.column(List.of(other), Family.INTEGER);
            to = expressions.column(List.of(right), Family.INTEGER);
        }
        draft.add(from == null || to == null ? "1 = 1" : from.text() + " = " + to.text());
    }
}
