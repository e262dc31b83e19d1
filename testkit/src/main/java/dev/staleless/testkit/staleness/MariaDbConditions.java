package dev.staleless.testkit.staleness;

import dev.staleless.testkit.staleness.RandomSchema.Col;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Conditions as MariaDB writes them; among them values of another type than the column's, which the server converts. */
final class MariaDbConditions extends RandomConditions {

    private static final Object[] NUMBERS = {"1", "1.0", " 3", "3 ", "1abc", "", "abc", 2.5, -1, 300L, 1.5f, true, "07"
    };
    private static final Object[] TEXTS = {
        "alpha ", "ALPHA", "alphá", "strasse", " ", "", 0, 1, 7L, "beta\t", "Beta  ", "ωMEGA", "日本 "
    };
    private static final Object[] TIMES = {
        "2024-01-29",
        "2024-1-29",
        "20240129",
        20240129,
        "2024-01-29 00:00:00",
        "2024-05-01 12:00:01",
        "2024-05-01T12:00:01.5",
        20240501120001L,
        "2024-05-01",
        "2024-05-01 12:00:00.50",
        "never"
    };

    private static final Object[] UUIDS = {
        "00000000-0000-0007-0000-000000000001", "00000000000000070000000000000002", "", "x"
    };

    MariaDbConditions(Random random) {
        super(random);
    }

    @Override
    String distinct(String name, boolean not) {
        return not ? name + " <=> ?" : "NOT (" + name + " <=> ?)";
    }

    @Override
    String ignoringCase() {
        return " LIKE ";
    }

    @Override
    String onColumn(Col col, String alias, List<@Nullable Object> parameters) {
        if (random.nextInt(4) > 0) {
            return super.onColumn(col, alias, parameters);
        }
        Object value = converted(col);
        String comparison = " " + COMPARISONS[random.nextInt(COMPARISONS.length)] + " ";
        if (random.nextBoolean()) {
            parameters.add(value);
            return alias + col.name() + comparison + "?";
        }
        return alias + col.name() + comparison + (value instanceof String ? "'" + value + "'" : value);
    }

    /** A value that is compared with the column after a conversion. */
    private Object converted(Col col) {
        Object[] values = switch (col.domain()) {
            case INTEGER, DECIMAL, FLAG -> NUMBERS;
            case TEXT -> TEXTS;
            case UUID -> UUIDS;
            case DATE, TIMESTAMP -> TIMES;
        };
        return values[random.nextInt(values.length)];
    }
}
