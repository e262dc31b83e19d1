package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes expressions that are not conditions. */
final class ExpressionGrammar {

    private final Draft draft;
    private final Choices choices;

    /** A column that an expression may name. */
    record Named(String text, FuzzColumn column) {}

    ExpressionGrammar(Draft draft) {
        this.draft = draft;
        this.choices = draft.choices;
    }

    /** A random column of the family; null if there is none. */
    @Nullable
    Named column(List<Ref> refs, Family family) {
        List<Named> candidates = new ArrayList<>();
        for (Ref ref : refs) {
            for (FuzzColumn column : ref.table().columns()) {
                if (column.family() == family) {
                    candidates.add(new Named(ref.column(column), column));
                }
            }
        }
        return candidates.isEmpty() ? null : choices.pick(candidates);
    }

    Named column(List<Ref> refs) {
        Ref ref = choices.pick(refs);
        FuzzColumn column = choices.pick(ref.table().columns());
        return new Named(ref.column(column), column);
    }

    /** An expression of the type's family. */
    void expression(FuzzType type, List<Ref> refs, int depth) {
        int kind = choices.below(depth > 0 ? 12 : 7);
        if (kind < 6) {
            Named column = column(refs, type.family());
            if (column != null) {
                draft.add(column.text());
                return;
            }
        }
        switch (kind) {
            case 7, 8, 9 -> function(type, refs, depth - 1);
            case 10 -> conditional(type, refs, depth - 1);
            case 11 -> choice(type, refs, depth - 1);
            default -> draft.constant(type);
        }
    }

    private void conditional(FuzzType type, List<Ref> refs, int depth) {
        draft.construct("CASE").add("case when ");
        new ConditionGrammar(draft).condition(refs, depth);
        draft.add(" then ");
        expression(type, refs, depth);
        if (choices.chance(70)) {
            draft.add(" else ");
            expression(type, refs, depth);
        }
        draft.add(" end");
    }

    private void choice(FuzzType type, List<Ref> refs, int depth) {
        boolean comparable = type.isOrdered();
        String function = comparable ? choices.pick("coalesce(", "nullif(", "greatest(", "least(") : "coalesce(";
        draft.construct(function.substring(0, function.length() - 1).toUpperCase(java.util.Locale.ROOT))
                .add(function);
        expression(type, refs, depth);
        draft.add(", ");
        expression(type, refs, depth);
        draft.add(")");
    }

    private void function(FuzzType type, List<Ref> refs, int depth) {
        switch (type.family()) {
            case INTEGER -> number(type, refs, depth);
            case TEXT -> text(type, refs, depth);
            case DECIMAL -> {
                draft.construct("arithmetic").add("(");
                expression(type, refs, depth);
                draft.add(choices.pick(" + 1)", " * 2)", " - 0.5)"));
            }
            case DATE -> date(type, refs, depth);
            case BOOLEAN -> {
                draft.add("(");
                new ConditionGrammar(draft).condition(refs, depth);
                draft.add(")");
            }
            default -> expression(type, refs, 0);
        }
    }

    private void number(FuzzType type, List<Ref> refs, int depth) {
        Named text = column(refs, Family.TEXT);
        Named json = column(refs, Family.JSON);
        switch (choices.below(6)) {
            case 0, 1 -> {
                draft.construct("arithmetic").add("(");
                expression(type, refs, depth);
                draft.add(choices.pick(" + ", " - ", " * "));
                draft.add(choices.pick("1", "2", "3")).add(")");
            }
            case 2 -> {
                draft.construct("arithmetic").add(choices.pick("abs(", "-("));
                expression(type, refs, depth);
                draft.add(")");
            }
            case 3 -> {
                draft.construct("text function");
                String of = text == null ? "'ab'" : text.text();
                draft.add(choices.pick("char_length(" + of + ")", "position('b' in " + of + ")"));
            }
            case 4 -> subquery(type, refs, depth);
            default -> {
                if (json != null && draft.has(Feature.DOUBLE_COLON)) {
                    draft.construct("JSON").add("(" + json.text() + " ->> 'k')::numeric::int");
                } else {
                    expression(type, refs, 0);
                }
            }
        }
    }

    private void text(FuzzType type, List<Ref> refs, int depth) {
        Named json = column(refs, Family.JSON);
        Named number = column(refs, Family.INTEGER);
        switch (choices.below(6)) {
            case 0, 1 -> wrapped(choices.pick("lower(", "upper("), type, refs, depth, ")");
            case 2 -> wrapped("concat(", type, refs, depth, ", 'b')");
            case 3 -> wrapped(choices.pick("trim(", "left(", "substring("), type, refs, depth, null);
            case 4 -> {
                if (json != null && draft.has(Feature.DOUBLE_COLON)) {
                    draft.construct("JSON").add("(" + json.text() + " ->> 's')");
                } else {
                    wrapped("replace(", type, refs, depth, ", 'a', 'b')");
                }
            }
            default -> {
                if (number != null && draft.has(Feature.DOUBLE_COLON)) {
                    draft.construct("cast").add(number.text() + "::text");
                } else {
                    expression(type, refs, 0);
                }
            }
        }
    }

    private void wrapped(String open, FuzzType type, List<Ref> refs, int depth, @Nullable String close) {
        draft.construct("text function").add(open);
        expression(type, refs, depth);
        if (close != null) {
            draft.add(close);
        } else {
            draft.add(open.startsWith("left") ? ", 1)" : open.startsWith("sub") ? ", 1, 1)" : ")");
        }
    }

    private void date(FuzzType type, List<Ref> refs, int depth) {
        Named time = column(refs, Family.TIMESTAMP);
        draft.construct("date function");
        if (time != null && choices.chance(50)) {
            draft.add("cast(" + time.text() + " as date)");
        } else if (draft.has(Feature.DOUBLE_COLON)) {
            draft.add("(");
            expression(type, refs, depth);
            draft.add(choices.pick("::date + 1)", "::date - 1)"));
        } else {
            expression(type, refs, 0);
        }
    }

    /** A sub-query of one value. */
    private void subquery(FuzzType type, List<Ref> refs, int depth) {
        Ref inner = draft.ref(draft.table());
        Named shown = column(List.of(inner), type.family());
        if (shown != null && !inner.table().key().isEmpty() && choices.chance(30)) {
            draft.construct("scalar sub-query with LIMIT").add("(select " + shown.text() + " from ");
            draft.add(inner.table().name() + " " + inner.alias() + " where ");
            new ConditionGrammar(draft).correlated(inner, refs, depth);
            draft.add(" order by " + new QueryGrammar(draft).keys(List.of(inner)) + choices.pick("", " desc")
                    + " limit 1)");
            return;
        }
        draft.construct("scalar sub-query");
        Named column = column(List.of(inner), type.family());
        String of = column == null ? "*" : column.text();
        draft.add("(select " + (column == null ? "count(" : choices.pick("max(", "min(", "count(")) + of + ")");
        draft.add(" from " + inner.table().name() + " " + inner.alias() + " where ");
        new ConditionGrammar(draft).correlated(inner, refs, depth);
        draft.add(")");
    }
}
