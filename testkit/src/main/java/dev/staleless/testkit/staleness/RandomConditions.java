package dev.staleless.testkit.staleness;

import dev.staleless.testkit.staleness.RandomSchema.Col;
import dev.staleless.testkit.staleness.RandomSchema.Domain;
import dev.staleless.testkit.staleness.RandomSchema.Tab;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Random conditions on one table, as text with parameters or literals. */
class RandomConditions {

    static final String[] COMPARISONS = {"=", "=", "=", "<>", "<", "<=", ">", ">="};
    private static final String[] PATTERNS = {
        "alpha%", "%a%", "_lpha", "%\\_x", "100\\%", "%", "", "%日%", "ALPHA", "b%a%"
    };

    final Random random;

    RandomConditions(Random random) {
        this.random = random;
    }

    static RandomConditions of(Product product, Random random) {
        return product == Product.MARIADB ? new MariaDbConditions(random) : new RandomConditions(random);
    }

    /** That a column's value is another one than a parameter, or with {@code not} that it is none other; NULL is a value. */
    String distinct(String name, boolean not) {
        return name + " IS " + (not ? "NOT " : "") + "DISTINCT FROM ?";
    }

    /** A comparison with a pattern whatever its letters' case. */
    String ignoringCase() {
        return " ILIKE ";
    }

    /** A condition; its parameters are added to the list in their order. */
    String condition(Tab tab, String alias, List<@Nullable Object> parameters, int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 6);
        return switch (kind) {
            case 6 ->
                "(" + condition(tab, alias, parameters, depth - 1) + " AND "
                        + condition(tab, alias, parameters, depth - 1) + ")";
            case 7 ->
                "(" + condition(tab, alias, parameters, depth - 1) + " OR "
                        + condition(tab, alias, parameters, depth - 1) + ")";
            case 8 -> "NOT (" + condition(tab, alias, parameters, depth - 1) + ")";
            case 9 -> "((" + condition(tab, alias, parameters, depth - 1) + ") IS " + truth() + ")";
            default -> simple(tab, alias, parameters);
        };
    }

    private String truth() {
        return new String[] {"TRUE", "NOT TRUE", "FALSE", "NOT FALSE"}[random.nextInt(4)];
    }

    private String simple(Tab tab, String alias, List<@Nullable Object> parameters) {
        int which = random.nextInt(tab.cols().size() + tab.refs().size() + 1);
        if (which < tab.cols().size()) {
            return onColumn(tab.cols().get(which), alias, parameters);
        }
        String column = which == tab.cols().size() + tab.refs().size()
                ? "id"
                : tab.refs().get(which - tab.cols().size()).column();
        return onKey(alias + column, parameters);
    }

    private String onKey(String column, List<@Nullable Object> parameters) {
        switch (random.nextInt(4)) {
            case 0:
                return column + " IS " + (random.nextBoolean() ? "" : "NOT ") + "NULL";
            case 1:
                return column + (random.nextInt(4) == 0 ? " NOT IN (" : " IN (")
                        + list(1 + random.nextInt(12), parameters) + ")";
            case 2:
                parameters.add(1L + random.nextInt(40));
                return column + " " + COMPARISONS[random.nextInt(COMPARISONS.length)] + " ?";
            default:
                return column + " = " + (1 + random.nextInt(40));
        }
    }

    private String list(int size, List<@Nullable Object> parameters) {
        StringJoiner marks = new StringJoiner(", ");
        for (int i = 0; i < size; i++) {
            parameters.add(1L + random.nextInt(50));
            marks.add("?");
        }
        return marks.toString();
    }

    String onColumn(Col col, String alias, List<@Nullable Object> parameters) {
        String name = alias + col.name();
        if (col.domain() == Domain.TEXT && random.nextInt(2) == 0) {
            return onText(name, col, parameters);
        }
        switch (random.nextInt(6)) {
            case 0:
                return name + " IS " + (random.nextBoolean() ? "" : "NOT ") + "NULL";
            case 1:
                parameters.add(RandomSchema.notNull(col, random));
                parameters.add(RandomSchema.notNull(col, random));
                return name + (random.nextInt(4) == 0 ? " NOT" : "") + " BETWEEN ? AND ?";
            case 2:
                parameters.add(RandomSchema.notNull(col, random));
                return distinct(name, random.nextBoolean());
            case 3:
                parameters.add(RandomSchema.notNull(col, random));
                parameters.add(RandomSchema.notNull(col, random));
                return name + (random.nextInt(3) == 0 ? " NOT IN (?, ?)" : " IN (?, ?)");
            default:
                parameters.add(RandomSchema.notNull(col, random));
                return name + " " + COMPARISONS[random.nextInt(COMPARISONS.length)] + " ?";
        }
    }

    private String onText(String name, Col col, List<@Nullable Object> parameters) {
        switch (random.nextInt(4)) {
            case 0:
                parameters.add(RandomSchema.notNull(col, random).toString().toLowerCase(java.util.Locale.ROOT));
                return "lower(" + name + ") = ?";
            case 1:
                parameters.add(RandomSchema.notNull(col, random).toString().toUpperCase(java.util.Locale.ROOT));
                return "upper(" + name + ") = ?";
            case 2:
                return name + (random.nextBoolean() ? " LIKE " : ignoringCase()) + "'" + pattern() + "'";
            default:
                parameters.add(pattern());
                return name + (random.nextInt(3) == 0 ? " NOT" : "")
                        + (random.nextBoolean() ? " LIKE " : ignoringCase()) + "?";
        }
    }

    private String pattern() {
        return PATTERNS[random.nextInt(PATTERNS.length)];
    }
}
