package dev.staleless.core.condition;

/**
 * Functions and operators whose results are surely known for sure arguments, as PostgreSQL computes them. A dialect in which one
 * of them does something else must not translate it to this.
 */
public enum Function {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    /** With the sign of the first operand. */
    MODULO("%"),
    NEGATE("-"),
    ABS("abs"),
    FLOOR("floor"),
    CEILING("ceil"),
    /** Of exact numbers, away from zero; with or without a number of digits. */
    ROUND("round"),
    TRUNCATE("trunc"),

    /** {@code ||}. */
    CONCATENATE("||"),
    /** {@code concat()}, for which NULL is empty. */
    CONCAT("concat"),
    LENGTH("length"),
    LEFT("left"),
    RIGHT("right"),
    /** Text, first character, maybe number of characters. */
    SUBSTRING("substring"),
    /** Text, maybe the characters that go; without them spaces. */
    TRIM("trim"),
    TRIM_START("ltrim"),
    TRIM_END("rtrim"),
    REPLACE("replace"),
    REVERSE("reverse"),
    REPEAT("repeat"),
    PAD_START("lpad"),
    PAD_END("rpad"),
    /** Text, separator, number of the part. */
    SPLIT_PART("split_part"),
    /** Text and what is looked for. */
    POSITION("strpos"),
    STARTS_WITH("starts_with"),

    COALESCE("coalesce"),
    NULLIF("nullif"),
    /** NULLs do not count. */
    GREATEST("greatest"),
    LEAST("least"),

    /** Name of a field, and a date or timestamp without zone; an exact number. */
    EXTRACT("extract"),
    /** As {@link #EXTRACT}; a floating point number. */
    DATE_PART("date_part"),
    /** Name of a field, and a timestamp without zone. */
    DATE_TRUNCATE("date_trunc");

    private final String sql;

    Function(String sql) {
        this.sql = sql;
    }

    /** Name or symbol in SQL. */
    public String sql() {
        return sql;
    }
}
