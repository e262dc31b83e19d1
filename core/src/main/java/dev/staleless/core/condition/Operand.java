package dev.staleless.core.condition;

import dev.staleless.core.value.ColumnType;
import org.jspecify.annotations.Nullable;

/** One side of a comparison: an expression that yields a value. */
public sealed interface Operand {

    /** An expression that was not understood: any value, or NULL. */
    Operand UNKNOWN = new Unknown();

    /**
     * A column of one table occurrence.
     *
     * @param use index of the occurrence in its query ({@link dev.staleless.core.query.TableUse#index()})
     * @param column name as the catalog spells it
     */
    record Column(int use, String column, ColumnType type) implements Operand {}

    /**
     * A literal.
     *
     * @param value canonical form, null for NULL
     * @param text whether it was written as an untyped string, which the database converts to the type it is compared with
     */
    record Literal(@Nullable Object value, boolean text) implements Operand {}

    /** A {@code ?}, by its zero-based index. */
    record Parameter(int index) implements Operand {}

    /** {@code lower(x)}. */
    record Lower(Operand of) implements Operand {}

    /** {@code upper(x)}. */
    record Upper(Operand of) implements Operand {}

    /** See {@link #UNKNOWN}. */
    record Unknown() implements Operand {}
}
