package dev.staleless.core.value;

/**
 * The type of a column as far as comparing two of its values goes: which canonical Java class holds a value (see {@link
 * Kind}) and when two values are surely equal or surely different.
 *
 * @param kind family of the type
 * @param precision number of significant digits of a decimal, of digits that an integer surely has room for, fractional digits of a time or timestamp, length limit in
 *     characters of a text; -1 if it stores whatever it is given unchanged (six fractional digits for a time), or refuses
 *     it. A type that may alter a value in a way that is not known is {@link Kind#OTHER}
 * @param scale digits after the point of a decimal, -1 as for {@code precision}; of an integer which values are surely stored
 *     unchanged: 0 for all, {@link #FROM_ZERO}, {@link
 *     #FROM_ONE}, {@link #BIT}; of a text or a timestamp with time zone {@link #VARIED} or -1
 * @param equality how strings of this column compare; {@link Equality#EXACT} or {@link Equality#STORABLE} for other kinds
 */
public record ColumnType(Kind kind, int precision, int scale, Equality equality) {

    /** Scale of an integer that may store another value for a negative one: an unsigned type. */
    public static final int FROM_ZERO = 1;

    /** Scale of an integer that may store another value for 0 too: a column that counts by itself when it is given 0. */
    public static final int FROM_ONE = 2;

    /** Scale of an integer that is a single bit: a text is not read as a number when it is stored there. */
    public static final int BIT = 3;

    /**
     * Scale of a text or a timestamp with time zone of which equal values may look different: where spaces at the end are kept but do
     * not count, or the zone is kept and does not.
     */
    public static final int VARIED = 4;

    /** A type of which nothing is known: no two values of it are ever surely equal or surely different. */
    public static final ColumnType UNKNOWN = new ColumnType(Kind.OTHER, -1, -1, Equality.UNKNOWN);

    /** Family of a type, and the canonical Java class of its values. */
    public enum Kind {
        /** {@link Boolean}. */
        BOOLEAN,
        /** Every integer type; {@link Long}. */
        INTEGER,
        /** Exact numbers; {@link java.math.BigDecimal}, compared by value, whatever its scale. */
        DECIMAL,
        /**
         * Single and double precision; {@link Double}. Sure only for values that single precision holds exactly: whichever of
         * the two the column is, it stores and compares these unchanged.
         */
        FLOAT,
        /** Text of variable length, any type name; {@link String}. */
        TEXT,
        /** CHAR(n), trailing spaces without meaning; {@link String}. */
        FIXED_TEXT,
        /**
         * Text under a collation that takes letters of both cases for the same; {@link String} in lower case. Sure only for
         * printable ASCII that does not end with a space: such strings are equal if and only if they differ in nothing but the
         * case of their letters. One that is equal to a value may look different: it may have an accent, or spaces behind.
         * With {@link Equality#EXACT_ORDERED}, those of letters, digits and spaces are ordered by these.
         */
        FOLDED_TEXT,
        /** Byte strings; {@link java.nio.ByteBuffer}, read-only, position 0. */
        BYTES,
        /** {@link java.time.LocalDate}. */
        DATE,
        /** Time without zone; {@link java.time.LocalTime}. */
        TIME,
        /** Timestamp without zone; {@link java.time.LocalDateTime}. */
        TIMESTAMP,
        /** Timestamp with time zone; {@link java.time.Instant}. */
        TIMESTAMP_TZ,
        /** {@link java.util.UUID}. */
        UUID,
        /** Any other type (JSON, arrays, ranges, enumerations, ...): its values have no canonical form. */
        OTHER
    }

    /** When two values of a column are equal. */
    public enum Equality {
        /** Equal if and only if the characters are the same (a deterministic collation). Their order is not known. */
        EXACT,
        /**
         * As {@link #EXACT}, and strings are ordered by their code points (collation C, POSIX, ucs_basic, in a database whose
         * encoding orders as Unicode does: UTF-8, Latin-1, ASCII).
         */
        EXACT_ORDERED,
        /**
         * Of other kinds than texts: as {@link #EXACT} among values that the column can hold. What is found equal to a constant
         * that it cannot hold is not known: an index may be searched for what would be stored instead.
         */
        STORABLE,
        /** Case, accents or other differences may not count, or nothing is known. */
        UNKNOWN
    }
}
