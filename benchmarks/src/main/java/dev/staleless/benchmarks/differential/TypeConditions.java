package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.differential.Draft.Ref;
import dev.staleless.benchmarks.differential.ExpressionGrammar.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes conditions with operators and functions that only values of one type have: JSON, arrays, parts of dates, texts. */
final class TypeConditions {

    private final Draft draft;
    private final Choices choices;
    private final ExpressionGrammar expressions;

    TypeConditions(Draft draft) {
        this.draft = draft;
        this.choices = draft.choices;
        this.expressions = new ExpressionGrammar(draft);
    }

    private boolean postgres() {
        return draft.has(Feature.DOUBLE_COLON);
    }

    private boolean mariaDb() {
        return draft.has(Feature.NULL_SAFE_EQUAL);
    }

    void write(List<Ref> refs) {
        Family[] families = {
            Family.JSON, Family.JSON, Family.INTEGERS, Family.DATE, Family.TIMESTAMP, Family.TEXT, Family.INTEGER
        };
        int first = choices.below(families.length);
        for (int i = 0; i < families.length; i++) {
            Family family = families[(first + i) % families.length];
            Named column = expressions.column(refs, family);
            String condition = column == null ? null : condition(family, column.text());
            if (condition != null) {
                draft.construct("operator of " + family).add(condition);
                return;
            }
        }
        draft.add("1 = 1");
    }

    private @Nullable String condition(Family family, String column) {
        return switch (family) {
            case JSON -> json(column);
            case INTEGERS ->
                choices.pick(
                        "1 = any (" + column + ")",
                        column + " @> array[2]",
                        column + " && array[1]",
                        column + "[1] = 1",
                        "cardinality(" + column + ") = 2");
            case DATE -> date(column);
            case TIMESTAMP -> timestamp(column);
            case TEXT -> text(column);
            default ->
                choices.pick(
                        column + " % 2 = 1",
                        "abs(" + column + ") < 2",
                        column + " + 1 = 3",
                        "mod(" + column + ", 3) = 0");
        };
    }

    private @Nullable String json(String column) {
        if (mariaDb()) {
            return choices.pick(
                    "json_value(" + column + ", '$.k') = 1",
                    "json_extract(" + column + ", '$.k') = 2",
                    "json_unquote(json_extract(" + column + ", '$.s')) = 'a'",
                    "json_contains(" + column + ", '1', '$.k')");
        }
        return !postgres()
                ? null
                : choices.pick(
                        column + " @> '{\"k\": 1}'",
                        column + " ->> 's' = 'a'",
                        column + " -> 'k' is not null",
                        "(" + column + " ->> 'k')::int = 1",
                        column + " #>> '{k}' = '2'",
                        column + " -> 'k' = '1'::jsonb",
                        "jsonb_typeof(" + column + ") = 'object'",
                        column + " ?? 's'");
    }

    private String date(String column) {
        return choices.pick(
                "extract(month from " + column + ") = 2",
                "extract(day from " + column + ") > 27",
                "extract(year from " + column + ") = 2024",
                mariaDb() ? "dayofmonth(" + column + ") = 28" : "extract(dow from " + column + ") = 3",
                mariaDb() ? "year(" + column + ") = 2024" : column + " + 1 > date '2024-02-29'");
    }

    private String timestamp(String column) {
        return choices.pick(
                "extract(hour from " + column + ") = 23",
                "extract(minute from " + column + ") > 30",
                "cast(" + column + " as date) = date '2024-02-29'",
                mariaDb()
                        ? "date(" + column + ") = '2024-02-28'"
                        : "date_trunc('day', " + column + ") = date '2024-02-29'",
                column + " >= timestamp '2024-02-28 00:00:00' and " + column + " < timestamp '2024-02-29 00:00:00'");
    }

    private String text(String column) {
        return choices.pick(
                "char_length(" + column + ") = 1",
                "position('b' in " + column + ") > 0",
                "substring(" + column + ", 1, 1) = 'a'",
                "coalesce(" + column + ", '') = ''",
                "concat(" + column + ", 'b') = 'ab'",
                "replace(" + column + ", 'a', 'b') = 'b'",
                "trim(" + column + ") = 'a'");
    }
}
