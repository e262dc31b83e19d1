package dev.staleless.jdbc.catalog;

import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;

/**
 * Turns H2's types into {@link ColumnType}s.
 *
 * @param collation the database's: {@code OFF} compares the characters
 */
record H2Types(String collation) {

    /** Characters that a text of the largest length holds: H2 refuses longer ones. */
    private static final long UNLIMITED = 1 << 20;

    /**
     * The type of a column.
     *
     * @param name as the catalog spells it
     * @param length of a text or of bytes
     * @param precision of a number, or fractional digits of a time
     */
    ColumnType type(String name, long length, int precision, int scale) {
        return switch (name) {
            case "BOOLEAN" -> exact(Kind.BOOLEAN, -1, -1);
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> exact(Kind.INTEGER, digits(name), 0);
            case "NUMERIC", "DECIMAL" -> exact(Kind.DECIMAL, precision, scale);
            case "REAL", "DOUBLE PRECISION", "FLOAT" -> exact(Kind.FLOAT, -1, -1);
            case "CHARACTER VARYING" -> text(length);
            case "VARCHAR_IGNORECASE" ->
                new ColumnType(
                        Kind.FOLDED_TEXT,
                        limit(length),
                        -1,
                        collation.equals("OFF") ? Equality.EXACT : Equality.UNKNOWN);
            // = pads what is shorter, IN with several constants does not: 'a  ' is equal to 'a', and not in ('a', 'b')
            case "CHARACTER" -> new ColumnType(Kind.FIXED_TEXT, limit(length), -1, Equality.UNKNOWN);
            case "BINARY VARYING" -> exact(Kind.BYTES, limit(length), -1);
            case "DATE" -> exact(Kind.DATE, -1, -1);
            case "TIME" -> exact(Kind.TIME, precision, -1);
            case "TIMESTAMP" -> exact(Kind.TIMESTAMP, precision, -1);
            case "TIMESTAMP WITH TIME ZONE" -> exact(Kind.TIMESTAMP_TZ, precision, ColumnType.VARIED);
            case "UUID" -> exact(Kind.UUID, -1, -1);
            // DECFLOAT rounds; BINARY pads; large objects, ENUM,
            // JSON, INTERVAL, GEOMETRY, ARRAY and ROW have no canonical values.
            default -> ColumnType.UNKNOWN;
        };
    }

    private static int digits(String name) {
        return switch (name) {
            case "TINYINT" -> 3;
            case "SMALLINT" -> 5;
            case "INTEGER" -> 10;
            default -> 19;
        };
    }

    private static ColumnType exact(Kind kind, int precision, int scale) {
        return new ColumnType(kind, precision, scale, Equality.EXACT);
    }

    private static int limit(long length) {
        return length <= 0 || length >= UNLIMITED ? -1 : (int) length;
    }

    /** Strings are ordered by their UTF-16 units, which is not the order of their code points. */
    private ColumnType text(long length) {
        return new ColumnType(
                Kind.TEXT, limit(length), -1, collation.equals("OFF") ? Equality.EXACT : Equality.UNKNOWN);
    }
}
