package dev.staleless.benchmarks.differential;

import java.util.List;

/**
 * A column's type.
 *
 * @param ddl as CREATE TABLE names it
 * @param stored values that rows get
 * @param odd values that it is compared with, or that are written to it, and that it does not hold unchanged
 */
record FuzzType(String ddl, Family family, List<FuzzValue> stored, List<FuzzValue> odd) {

    /** A value for the primary key; the same number gives the same value, and small numbers different ones. */
    FuzzValue key(int number) {
        return family == Family.INTEGER
                ? FuzzValue.of(Integer.toString(number), number)
                : stored.get(number % stored.size());
    }

    /** Whether values that are equal look alike, so that it does not matter which one of several the database shows. */
    boolean showsEqualsAlike() {
        return switch (family) {
            case FIXED_TEXT, FOLDED_TEXT, JSON -> false;
            default -> true;
        };
    }

    /** Whether it has an order. */
    boolean isOrdered() {
        return family != Family.JSON && family != Family.FOLDED_TEXT;
    }
}
