package dev.staleless.sql.parse;

import java.util.SplittableRandom;

/**
 * Random expressions over the columns {@code a b c} (int), {@code p q} (boolean), {@code s t} (text), {@code d}
 * (timestamp) and {@code r} (int[]), written without parentheses: only the precedence rules say what they mean, so many
 * of them are of no type at all.
 */
final class RandomExpressions {

    private final SplittableRandom random;

    RandomExpressions(long seed) {
        random = new SplittableRandom(seed);
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    String bool(int depth) {
        if (depth <= 0) {
            return pick("p", "q", "true", "a = 1", "s like 'x%'", "not q", "p is null");
        }
        return switch (random.nextInt(17)) {
            case 0, 1 -> bool(depth - 1) + " and " + bool(depth - 1);
            case 2, 3 -> bool(depth - 1) + " or " + bool(depth - 1);
            case 4 -> "not " + bool(depth - 1);
            case 5 ->
                bool(depth - 1) + pick(" is true", " is not false", " is unknown", " is null", " isnull", " notnull");
            case 6, 7 -> number(depth - 1) + pick(" = ", " < ", " >= ", " <> ", " != ") + number(depth - 1);
            case 8 ->
                number(depth - 1) + pick(" between ", " not between symmetric ") + number(depth - 1) + " and "
                        + number(depth - 1);
            case 9 ->
                number(depth - 1) + pick(" in (", " not in (") + number(depth - 1) + ", " + number(depth - 1) + ")";
            case 10 -> text(depth - 1) + pick(" like ", " not like ", " ilike ", " similar to ") + text(depth - 1);
            case 11 -> text(depth - 1) + " like " + text(depth - 1) + " escape " + text(0);
            case 12 -> number(depth - 1) + pick(" is distinct from ", " is not distinct from ") + number(depth - 1);
            case 13 -> number(depth - 1) + pick(" = any (", " <> all (") + "r)";
            case 14 -> bool(depth - 1) + pick(" = ", " <> ", " < ") + bool(depth - 1);
            case 15 -> text(depth - 1) + pick(" ~ ", " !~* ", " ^@ ") + text(depth - 1);
            default ->
                "case when " + bool(depth - 1) + " then " + bool(depth - 1) + " else " + bool(depth - 1) + " end";
        };
    }

    String number(int depth) {
        if (depth <= 0) {
            return pick("a", "b", "c", "1", "-2", "r[1]", "- a", "3::int", "(a)");
        }
        return switch (random.nextInt(11)) {
            case 0, 1 -> number(depth - 1) + pick(" + ", " - ", "-", "+") + number(depth - 1);
            case 2, 3 -> number(depth - 1) + pick(" * ", " / ", " % ", "*-") + number(depth - 1);
            case 4 -> number(depth - 1) + " ^ " + number(depth - 1);
            case 5, 6 -> number(depth - 1) + pick(" | ", " & ", " # ", " << ", " >> ") + number(depth - 1);
            case 7 -> pick("- ", "+ ", "@ ", "~ ") + number(depth - 1);
            case 8 -> number(depth - 1) + "::" + pick("int", "bigint", "numeric(10,2)", "text", "int[]");
            case 9 -> "abs(" + number(depth - 1) + ")";
            default -> number(depth - 1) + " operator(pg_catalog." + pick("+", "*", "|") + ") " + number(depth - 1);
        };
    }

    String text(int depth) {
        if (depth <= 0) {
            return pick("s", "t", "'x'", "s collate \"C\"", "upper(t)");
        }
        return switch (random.nextInt(5)) {
            case 0, 1 -> text(depth - 1) + " || " + text(depth - 1);
            case 2 -> text(depth - 1) + " collate \"C\"";
            case 3 -> number(depth - 1) + "::text";
            default -> "d at time zone " + text(depth - 1);
        };
    }
}
