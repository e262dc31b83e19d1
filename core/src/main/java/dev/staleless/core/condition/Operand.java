package dev.staleless.core.condition;

import dev.staleless.core.value.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operand of a {@link Condition}. Literals are in the canonical Java class that fits them best (see {@link ColumnType}). */
public sealed interface Operand {

    /** Something of which nothing is known: any value, or NULL. */
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
     * @param value canonical form, null for NULL; or an {@link Interval}
     * @param text whether it was written as an untyped string, which the database converts to the type it is compared with
     */
    record Literal(@Nullable Object value, boolean text) implements Operand {}

    /** A {@code ?}, by its zero-based index. */
    record Parameter(int index) implements Operand {}

    /** {@code lower(x)}. */
    record Lower(Operand of) implements Operand {}

    /** {@code upper(x)}. */
    record Upper(Operand of) implements Operand {}

    /** A function or operator of other operands. */
    record Computed(Function function, List<Operand> operands) implements Operand {
        public Computed {
            operands = List.copyOf(operands);
        }
    }

    /** {@code CAST(of AS type)}; of a type whose precision cuts or rounds, as the database does. */
    record Cast(Operand of, ColumnType type) implements Operand {}

    /**
     * {@code CASE}: the result of the first branch whose condition is true.
     *
     * @param otherwise NULL as a literal where the statement has no ELSE
     */
    record Case(List<Branch> branches, Operand otherwise) implements Operand {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    /** A branch of a {@link Case}. */
    record Branch(Condition condition, Operand result) {}

    /** A condition taken as a boolean value. */
    record Truth(Condition of) implements Operand {}

    /** Any one of the elements of an array, NULLs left out. Stands among the values of a pinned column only. */
    record Elements(Operand array) implements Operand {}

    /** See {@link #UNKNOWN}. */
    record Unknown() implements Operand {}
}
