package dev.staleless.core.query;

import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a result are made of the combinations of rows that its block forms.
 *
 * @param columns how many the result has: of rows with another number nothing is believed
 * @param limit literal or parameter after LIMIT or FETCH FIRST; null without
 * @param skips whether rows are left out before the first that is returned
 * @param withTies whether rows that sort as the last one of a page are returned as well
 * @param constant whether every row is the same, whatever it was made of
 * @param order the first keys of ORDER BY, as far as they are columns shown in the result
 * @param aggregates for {@link Kind#TOTALS} and {@link Kind#GROUPS}, one for each column of the result: a column by which is grouped is
 *     {@link Fixed}
 */
public record ResultForm(
        Kind kind,
        int columns,
        @Nullable Operand limit,
        boolean skips,
        boolean withTies,
        boolean constant,
        List<SortKey> order,
        List<Aggregate> aggregates) {

    /** What one row of the result stands for. */
    public enum Kind {
        /** One combination. */
        ROWS,
        /** All combinations with the same values in the result (DISTINCT). */
        DISTINCT,
        /** All combinations with the same values of the grouping columns; no HAVING. */
        GROUPS,
        /** All combinations: there is one row of aggregates. */
        TOTALS,
        /** One row with one boolean: whether there is a combination. */
        FOUND,
        /** One row with one boolean: whether there is no combination. */
        NOT_FOUND
    }

    /**
     * A column by which rows are sorted.
     *
     * @param use index of its table occurrence
     * @param position of the same column in the result, zero-based
     */
    public record SortKey(
            int use, String column, ColumnType type, int position, boolean descending, boolean nullsFirst) {}

    /** What a column of the result tells of the combinations that a row of it stands for. */
    public sealed interface Aggregate {}

    /** {@code count(*)}, or something that counts every combination. */
    public record Count() implements Aggregate {}

    /** The least or the greatest value of a column that is not NULL; NULL without any. */
    public record Extreme(int use, String column, ColumnType type, boolean greatest) implements Aggregate {}

    /** The same whatever takes part. */
    public record Fixed() implements Aggregate {}

    /** Anything else. */
    public record Unknown() implements Aggregate {}

    public ResultForm {
        order = List.copyOf(order);
        aggregates = List.copyOf(aggregates);
    }
}
