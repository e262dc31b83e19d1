package dev.staleless.benchmarks.differential;

/**
 * A value as a statement may write it.
 *
 * @param literal in SQL
 * @param parameter what is bound in its place
 * @param placeholder in SQL, with one {@code ?}
 */
record FuzzValue(String literal, Object parameter, String placeholder) {

    static FuzzValue of(String literal, Object parameter) {
        return new FuzzValue(literal, parameter, "?");
    }

    /** Bound as text, and cast. */
    static FuzzValue cast(String text, String type) {
        return new FuzzValue("'" + text + "'", text, "cast(? as " + type + ")");
    }
}
