package dev.staleless.jdbc.catalog;

import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of MariaDB's columns, as far as what is written is surely what is stored, whatever {@code sql_mode} says: outside
 * the strict mode a number out of range is clamped and a string that is too long is cut, without an error.
 *
 * <p>Not understood, and so of {@link ColumnType#UNKNOWN}: TIMESTAMP (what a text means depends on the session's time zone and
 * its changes to and from summer time), YEAR ({@code 24} is 2024), ENUM and SET (numbers are positions), BINARY(n) (filled up
 * with zeros), BIT(n) for more than one bit, FLOAT and DOUBLE (a
 * parameter of single precision is sent as text, which a column of double precision reads as another number), unsigned decimals, spatial types, INET. Text counts
 * only where it is utf8mb4, the character set in which any string can be stored.
 */
final class MariaDbTypes {

    /** Decimal digits that every number with as many surely fits into. */
    private static final Map<String, Integer> INTEGER_DIGITS =
            Map.of("tinyint", 2, "smallint", 4, "mediumint", 6, "int", 9, "bigint", 19);

    /** A character takes at most four bytes. */
    private static final Map<String, Integer> TEXT_LENGTHS = Map.of(
            "tinytext", 255 / 4, "text", 65_535 / 4, "mediumtext", 16_777_215 / 4, "longtext", 1_000_000_000 / 4);

    private static final Map<String, Integer> BLOB_LENGTHS =
            Map.of("tinyblob", 255, "blob", 65_535, "mediumblob", 16_777_215, "longblob", 1_000_000_000);

    private static final String UTF8 = "utf8mb4_";

    /**
     * Collations that are made for no language of its own, and take capital and small letters for the same: of printable ASCII they
     * tell all characters apart but these. Those of languages have letters that are two characters, or two that are one.
     */
    static final Set<String> FOLDING = Set.of(
            "general_ci",
            "general_nopad_ci",
            "unicode_ci",
            "unicode_nopad_ci",
            "unicode_520_ci",
            "unicode_520_nopad_ci",
            "uca1400_ai_ci",
            "uca1400_as_ci",
            "uca1400_nopad_ai_ci",
            "uca1400_nopad_as_ci");

    private MariaDbTypes() {}

    /**
     * What information_schema.COLUMNS says of a column.
     *
     * @param dataType the type's name
     * @param columnType the whole type, as in its definition
     * @param length of a text in characters, of a byte string in bytes; -1 for other types
     * @param precision of a number
     * @param scale of a number; -1 if it has none
     * @param fraction digits of a time's seconds
     * @param increments whether it is AUTO_INCREMENT
     */
    record Definition(
            String dataType,
            String columnType,
            long length,
            int precision,
            int scale,
            int fraction,
            @Nullable String collation,
            boolean increments) {}

    static ColumnType type(Definition column) {
        String whole = column.columnType().toLowerCase(Locale.ROOT);
        boolean unsigned = whole.contains("unsigned") || whole.contains("zerofill");
        return switch (column.dataType().toLowerCase(Locale.ROOT)) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> integer(column, unsigned);
            case "decimal" ->
                unsigned ? ColumnType.UNKNOWN : storable(Kind.DECIMAL, column.precision(), Math.max(0, column.scale()));
            case "float", "double" ->
                unsigned || column.scale() >= 0 ? ColumnType.UNKNOWN : storable(Kind.FLOAT, -1, -1);
            case "bit" -> column.precision() == 1 ? storable(Kind.INTEGER, 1, ColumnType.BIT) : ColumnType.UNKNOWN;
            case "char", "varchar" -> text(column, (int) Math.min(column.length(), Integer.MAX_VALUE));
            case "tinytext", "text", "mediumtext", "longtext" -> text(column, length(TEXT_LENGTHS, column));
            case "varbinary" -> exact(Kind.BYTES, (int) column.length(), -1);
            case "tinyblob", "blob", "mediumblob", "longblob" -> exact(Kind.BYTES, length(BLOB_LENGTHS, column), -1);
            case "date" -> storable(Kind.DATE, -1, -1);
            case "time" -> storable(Kind.TIME, column.fraction(), -1);
            case "datetime" -> storable(Kind.TIMESTAMP, column.fraction(), -1);
            case "uuid" -> exact(Kind.UUID, -1, -1);
            default -> ColumnType.UNKNOWN;
        };
    }

    private static int length(Map<String, Integer> lengths, Definition column) {
        return Objects.requireNonNull(lengths.get(column.dataType().toLowerCase(Locale.ROOT)));
    }

    private static ColumnType integer(Definition column, boolean unsigned) {
        int from = column.increments() ? ColumnType.FROM_ONE : unsigned ? ColumnType.FROM_ZERO : 0;
        return storable(Kind.INTEGER, length(INTEGER_DIGITS, column), from);
    }

    /**
     * A constant is rounded to the column's type where an index is searched for what is equal to it: {@code i = 1.5} finds 2,
     * {@code n = 1.505} finds 1.51 in a column of two digits, a time of half a second the whole one.
     */
    private static ColumnType storable(Kind kind, int precision, int scale) {
        return new ColumnType(kind, precision, scale, Equality.STORABLE);
    }

    private static ColumnType exact(Kind kind, int precision, int scale) {
        return new ColumnType(kind, precision, scale, Equality.EXACT);
    }

    /**
     * A collation whose name ends in {@code _nopad_bin} compares by code points; one that ends in {@code _bin} does so as well,
     * but ignores spaces at the end. Of those that take letters of both cases for the same, a few are known; how the others compare is
     * not looked at.
     */
    private static ColumnType text(Definition column, int length) {
        String collation = column.collation();
        if (collation == null || !collation.startsWith(UTF8)) {
            return ColumnType.UNKNOWN;
        }
        if (collation.equals("utf8mb4_nopad_bin") && !column.dataType().equals("char")) {
            return new ColumnType(Kind.TEXT, length, -1, Equality.EXACT_ORDERED);
        }
        if (collation.equals("utf8mb4_bin") || collation.equals("utf8mb4_nopad_bin")) {
            // of CHAR(n) nobody sees spaces at the end, of other types everybody does
            int scale = column.dataType().equals("char") ? -1 : ColumnType.VARIED;
            return new ColumnType(Kind.FIXED_TEXT, length, scale, Equality.EXACT);
        }
        return FOLDING.contains(collation.substring(UTF8.length()))
                ? new ColumnType(Kind.FOLDED_TEXT, length, -1, Equality.EXACT_ORDERED)
                : new ColumnType(Kind.TEXT, length, -1, Equality.UNKNOWN);
    }
}
