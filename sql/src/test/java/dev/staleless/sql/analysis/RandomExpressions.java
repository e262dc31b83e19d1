package dev.staleless.sql.analysis;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Random conditions over {@link ExpressionTable} of every form that the analysis understands, and some that it does not. */
final class RandomExpressions {

    private static final String[] STRINGS = {
        "",
        "a",
        "A",
        "ab",
        "Ab",
        "aB",
        "abc",
        "b",
        "a b",
        " a",
        "a ",
        "1",
        "12",
        "-3",
        "é",
        "É",
        "i",
        "I",
        "a%",
        "a_b",
        "a\\b",
        "xyz",
        "aab",
        "aba",
        "2020-01-02"
    };
    private static final String[] PATTERNS = {
        "%", "a%", "%b", "%a%", "_", "a_b", "a\\%", "A%", "", "ab", "%i%", "[ab]%", "a|b", "(a|b)%", "a.b"
    };
    private static final String[] REGEXES = {
        "^a",
        "b$",
        "^ab$",
        "a.b",
        "a.*b",
        "[abc]",
        "^[a-c]+$",
        "[^a]",
        "a|b",
        "^(a|ab)$",
        "a?b",
        "(ab)*c",
        "\\d",
        "^\\w+$",
        "\\s",
        "a+b",
        "^$",
        "x*",
        "(a|b)(a|b)",
        "^a{2}",
        "i",
        "\\.",
        "[[:alpha:]]",
        "^(?i)a",
        "a\\b",
        "b*a*",
        "(a*)+b",
        "^(a|b|ab)+$"
    };

    final SplittableRandom random;
    private final StringBuilder sql = new StringBuilder();
    final List<@Nullable Object> parameters = new ArrayList<>();

    RandomExpressions(SplittableRandom random) {
        this.random = random;
    }

    String sql() {
        return sql.toString();
    }

    /** A value for a column. */
    @Nullable
    Object value(String column) {
        if (chance(12)) {
            return null;
        }
        return switch (column) {
            case "i", "j", "s", "l" -> (long) random.nextInt(-3, 14);
            case "n" -> new BigDecimal(pick("0", "0.5", "1.25", "-2.5", "3", "12", "99.99", "0.10"));
            case "m" -> new BigDecimal(pick("0", "0.5", "1.125", "-2.5", "3.0", "12", "1e3", "0.333"));
            case "c" -> pick("a", "ab", "abcd", "A", "", "1");
            case "t", "u", "w", "q" -> pick(STRINGS);
            case "b" -> chance(50);
            case "d", "e" -> date();
            case "ts" ->
                date().atTime(
                                random.nextInt(3) * 11,
                                random.nextInt(2) * 30,
                                random.nextInt(2) * 59,
                                chance(20) ? 500_000_000 : 0);
            case "g" -> new UUID(0, random.nextInt(3));
            case "f" -> (double) random.nextInt(-2, 3) / 2;
            default -> pick("{\"a\": 1}", "[1, 2]", "\"a\"", "1");
        };
    }

    private LocalDate date() {
        return LocalDate.of(2020, 1 + random.nextInt(3), pick(1, 2, 28, 29));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    private <T> T pick(T... of) {
        return of[random.nextInt(of.length)];
    }

    // ---- writing

    private void add(Object... parts) {
        for (Object part : parts) {
            if (part instanceof Runnable runnable) {
                runnable.run();
            } else {
                sql.append(part);
            }
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void string(String text) {
        if (chance(40)) {
            parameters.add(text);
            add("?");
        } else {
            add(quoted(text));
        }
    }

    private Runnable integer(int depth) {
        return () -> integerNow(depth);
    }

    private Runnable decimal(int depth) {
        return () -> decimalNow(depth);
    }

    private Runnable text(int depth) {
        return () -> textNow(depth);
    }

    private Runnable day(int depth) {
        return () -> dayNow(depth);
    }

    private Runnable time(int depth) {
        return () -> timeNow(depth);
    }

    private Runnable condition(int depth) {
        return () -> conditionNow(depth);
    }

    private void integerNow(int depth) {
        int d = depth - 1;
        if (depth <= 0 || chance(35)) {
            switch (random.nextInt(3)) {
                case 0 -> add(pick("i", "j", "s", "l", "v.i"));
                case 1 -> add(random.nextInt(-3, 14));
                default -> {
                    if (chance(50)) {
                        parameters.add(chance(50) ? (Object) (long) random.nextInt(-3, 14) : random.nextInt(0, 5));
                        add(pick("?", "?::int", "cast(? as bigint)"));
                    } else {
                        add(pick("i", "j"));
                    }
                }
            }
            return;
        }
        switch (random.nextInt(17)) {
            case 0, 1 -> add("(", integer(d), pick(" + ", " - ", " * "), integer(d), ")");
            case 2 -> add("(", integer(d), pick(" / ", " % "), integer(d), ")");
            case 3 -> add("(-", pick("i", "j", "s"), ")");
            case 4 -> add("abs(", integer(d), ")");
            case 5 -> add(pick("length(", "char_length("), text(d), ")");
            case 6 -> add("strpos(", text(d), ", ", text(d), ")");
            case 7 -> add("position(", text(0), " in ", text(0), ")");
            case 8 ->
                add(
                        "extract(",
                        pick("year", "month", "day", "dow", "isodow", "doy", "quarter", "week"),
                        " from ",
                        chance(50) ? day(d) : time(d),
                        ")::int");
            case 9 -> add("(", day(d), " - ", day(d), ")");
            case 10 -> add("coalesce(", integer(d), ", ", integer(d), ")");
            case 11 -> add("nullif(", integer(d), ", ", integer(d), ")");
            case 12 -> add(pick("greatest(", "least("), integer(d), ", ", integer(d), ", ", integer(0), ")");
            case 13 -> add("case when ", condition(d), " then ", integer(d), " else ", integer(d), " end");
            case 14 ->
                add(
                        "case ",
                        pick("i", "j"),
                        " when ",
                        integer(0),
                        " then ",
                        integer(d),
                        " when ",
                        integer(0),
                        " then ",
                        integer(d),
                        " end");
            case 15 -> add(decimal(d), "::", pick("int", "bigint"));
            default -> add("mod(", integer(d), ", ", integer(d), ")");
        }
    }

    private void decimalNow(int depth) {
        int d = depth - 1;
        if (depth <= 0 || chance(35)) {
            if (chance(60)) {
                add(pick("n", "m"));
            } else if (chance(50)) {
                parameters.add(new BigDecimal(pick("0.5", "1.25", "-2", "3.00")));
                add("?");
            } else {
                add(pick("0.5", "1.25", "3.0", "0.333"));
            }
            return;
        }
        switch (random.nextInt(9)) {
            case 0, 1 -> add("(", decimal(d), pick(" + ", " - ", " * "), chance(50) ? decimal(d) : integer(d), ")");
            case 2 -> add("(", decimal(d), pick(" / ", " % "), chance(50) ? decimal(d) : integer(d), ")");
            case 3 -> add(pick("round(", "floor(", "ceil(", "trunc(", "abs("), decimal(d), ")");
            case 4 -> add(pick("round(", "trunc("), decimal(d), ", ", pick("0", "1", "-1", "2"), ")");
            case 5 -> add("coalesce(", decimal(d), ", ", chance(50) ? decimal(d) : integer(d), ")");
            case 6 -> add(integer(d), "::numeric", pick("", "(6,1)", "(3)"));
            case 7 -> add("case when ", condition(d), " then ", decimal(d), " else ", integer(d), " end");
            default -> add(decimal(d), "::numeric", pick("(6,1)", "(8,2)", ""));
        }
    }

    private void textNow(int depth) {
        int d = depth - 1;
        if (depth <= 0 || chance(35)) {
            if (chance(60)) {
                add(pick("t", "u", "w", "t", "q", "c"));
            } else {
                string(pick(STRINGS));
            }
            return;
        }
        switch (random.nextInt(20)) {
            case 0 -> add(pick("lower(", "upper("), text(d), ")");
            case 1 -> add(pick("left(", "right("), text(d), ", ", random.nextInt(-2, 4), ")");
            case 2 ->
                add(pick("substring(", "substr("), text(d), ", ", random.nextInt(-1, 4), chance(50) ? ")" : ", 2)");
            case 3 ->
                add(
                        "substring(",
                        text(d),
                        pick(" from 2)", " from 1 for 2", " for 2"),
                        sql.toString().endsWith(")") ? "" : ")");
            case 4 -> add("trim(", pick("", "both ", "leading ", "trailing "), text(0), " from ", text(d), ")");
            case 5 -> add(pick("trim(", "btrim(", "ltrim(", "rtrim("), text(d), chance(30) ? ", 'ab')" : ")");
            case 6 -> add("replace(", text(d), ", ", text(0), ", ", text(0), ")");
            case 7 -> add("reverse(", text(d), ")");
            case 8, 9 -> add("(", text(d), " || ", chance(30) ? integer(0) : text(d), ")");
            case 10 -> add("concat(", text(d), ", ", chance(30) ? integer(0) : text(d), ", ", text(0), ")");
            case 11 -> add(integer(d), "::text");
            case 12 -> add(pick("n", "b", "g"), "::text");
            case 13 -> add("coalesce(", text(d), ", ", text(d), ")");
            case 14 -> add("nullif(", text(d), ", ", text(0), ")");
            case 15 -> add("case when ", condition(d), " then ", text(d), " else ", text(d), " end");
            case 16 -> add(pick("lpad(", "rpad("), text(d), ", ", random.nextInt(0, 5), pick(")", ", 'xy')", ", '')"));
            case 17 -> add("repeat(", text(d), ", ", random.nextInt(-1, 3), ")");
            case 18 -> add("split_part(", text(d), ", 'a', ", random.nextInt(1, 4), ")");
            default -> add(text(d), pick("::varchar(2)", "::text", "::varchar"));
        }
    }

    private void dayNow(int depth) {
        int d = depth - 1;
        if (depth <= 0 || chance(40)) {
            if (chance(60)) {
                add(pick("d", "e"));
            } else if (chance(50)) {
                parameters.add(date());
                add("?::date");
            } else {
                add("date '", date(), "'");
            }
            return;
        }
        switch (random.nextInt(5)) {
            case 0, 1 -> add("(", day(d), pick(" + ", " - "), random.nextInt(-3, 30), ")");
            case 2 -> add(time(d), "::date");
            case 3 -> add("coalesce(", day(d), ", ", day(d), ")");
            default -> add(pick("greatest(", "least("), day(d), ", ", day(d), ")");
        }
    }

    private void timeNow(int depth) {
        int d = depth - 1;
        if (depth <= 0 || chance(40)) {
            if (chance(60)) {
                add("ts");
            } else if (chance(50)) {
                parameters.add(LocalDateTime.of(2020, 2, 1, 11, 30));
                add("?::timestamp");
            } else {
                add("timestamp '", date(), pick(" 00:00:00'", " 11:30:00'", "'"));
            }
            return;
        }
        switch (random.nextInt(4)) {
            case 0, 1 ->
                add(
                        "(",
                        chance(50) ? time(d) : day(d),
                        pick(" + ", " - "),
                        "interval ",
                        pick("'1 day'", "'1 month'", "'36 hours'", "'1 year 2 months'", "'2' day", "'-30 minutes'"),
                        ")");
            case 2 ->
                add(
                        "date_trunc('",
                        pick("year", "quarter", "month", "week", "day", "hour", "minute"),
                        "', ",
                        time(d),
                        ")");
            default -> add(day(d), "::timestamp");
        }
    }

    /** A condition. */
    void conditionNow(int depth) {
        int d = depth - 1;
        if (depth > 1 && chance(45)) {
            switch (random.nextInt(5)) {
                case 0, 1 -> add("(", condition(d), pick(" and ", " or "), condition(d), ")");
                case 2 -> add("(not ", condition(d), ")");
                case 3 ->
                    add("((", condition(d), ") is ", pick("", "not "), pick("true", "false", "unknown", "null"), ")");
                default -> add("((", condition(d), ") = (", condition(d), "))");
            }
            return;
        }
        switch (random.nextInt(22)) {
            case 0 -> add(pick("b", "(not b)", "coalesce(b, false)", "(b is not true)"));
            case 1, 2, 3 -> add("(", integer(d), compare(), integer(d), ")");
            case 4 -> add("(", decimal(d), compare(), chance(50) ? decimal(d) : integer(d), ")");
            case 5, 6 -> add("(", text(d), pick(" = ", " <> ", " = ", " < ", " >= "), text(d), ")");
            case 7 -> add("(", day(d), compare(), day(d), ")");
            case 8 -> add("(", time(d), compare(), time(d), ")");
            case 9 ->
                add(
                        "(",
                        integer(d),
                        pick(" between ", " not between ", " between symmetric "),
                        integer(d),
                        " and ",
                        integer(d),
                        ")");
            case 10 ->
                add("(", integer(d), pick(" in (", " not in ("), integer(0), ", ", integer(d), ", ", integer(0), "))");
            case 11 -> add("(", text(d), pick(" in (", " not in ("), text(0), ", ", text(0), "))");
            case 12 -> like(d);
            case 13, 14 -> add("(", text(d), pick(" ~ ", " !~ ", " ~* ", " !~* "), quoted(pick(REGEXES)), ")");
            case 15 -> add("(", chance(50) ? integer(d) : text(d), pick(" is null", " is not null"), ")");
            case 16 -> add("(", integer(d), pick(" is distinct from ", " is not distinct from "), integer(d), ")");
            case 17 -> rows(d);
            case 18 -> arrays(d);
            case 19 -> add(pick("starts_with(", "starts_with("), text(d), ", ", text(0), ")");
            case 20 -> add("(g = ", quoted(new UUID(0, random.nextInt(3)).toString()), pick("", "::uuid"), ")");
            default -> add("case when ", condition(d), " then ", condition(d), " else ", condition(d), " end");
        }
    }

    private String compare() {
        return pick(" = ", " = ", " <> ", " < ", " <= ", " > ", " >= ");
    }

    private void like(int d) {
        String operator = pick(" like ", " not like ", " ilike ", " similar to ", " ~~ ", " !~~* ");
        add("(", text(d), operator);
        boolean written = operator.contains("~") || operator.contains("similar") || chance(60);
        if (written) {
            string(pick(PATTERNS));
        } else {
            add("concat('%', ", text(0), ", '%')");
        }
        add(!operator.contains("~") && !operator.contains("similar") && chance(20) ? " escape '!'" : "", ")");
    }

    private void rows(int d) {
        switch (random.nextInt(4)) {
            case 0 -> add("((", integer(d), ", ", text(d), ")", compare(), "(", integer(0), ", ", text(0), "))");
            case 1 -> add("((i, j)", compare(), "(", integer(0), ", ", integer(0), "))");
            case 2 ->
                add(
                        "((i, t)",
                        pick(" in (", " not in ("),
                        "(",
                        integer(0),
                        ", ",
                        text(0),
                        "), (",
                        integer(0),
                        ", ",
                        text(0),
                        ")))");
            default -> add("((i, t) is ", pick("null", "not null"), ")");
        }
    }

    private void arrays(int d) {
        switch (random.nextInt(5)) {
            case 0 ->
                add(
                        "(",
                        integer(d),
                        compare(),
                        pick("any (array[", "all (array["),
                        integer(0),
                        ", ",
                        integer(0),
                        "])",
                        ")");
            case 1 -> {
                Long[] elements = new Long[random.nextInt(4)];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = chance(15) ? null : (Long) (long) random.nextInt(0, 9);
                }
                add("(", integer(d), compare(), pick("any (", "all ("));
                parameters.add(elements);
                add(pick("?", "?::int[]", "?::bigint[]"), "))");
            }
            case 2 -> {
                String[] elements = new String[random.nextInt(4)];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = chance(15) ? null : pick(STRINGS);
                }
                add("(", text(d), pick(" = any (", " <> all (", " <> any ("));
                parameters.add(elements);
                add("?))");
            }
            case 3 -> add("(t like any (array['a%', '%b']))");
            default -> add("(t not ilike all (array['a%', ", quoted(pick(PATTERNS)), "]))");
        }
    }
}
