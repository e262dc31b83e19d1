package dev.staleless.sql;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a statement changes, without the values of its parameters. Immutable. */
public interface ChangeTemplate {

    /** Every table that it may change, those reached over foreign keys included. */
    Set<TableName> tables();

    /** Number of {@code ?} in the statement. */
    int parameterCount();

    /**
     * The changes of one execution. They cover everything the statement can change with these parameters, whether it does or
     * not.
     */
    List<ChangeEvent> events(Parameters parameters);

    /** Whether an execution that the database says to have changed no row surely has changed nothing at all. */
    default boolean isNothingWithoutRows() {
        return false;
    }

    /**
     * How exact images of the changed rows are had.
     *
     * @return null if they cannot be had without a difference that somebody could notice, or would tell nothing more
     */
    default @Nullable RowImages images(RowImages.Returning returning) {
        return null;
    }

    /**
     * What is told by rows that a statement returns by itself.
     *
     * @param labels of the columns of the result: of generated keys, if the statement's text has no RETURNING
     * @return null if nothing is
     */
    default @Nullable OwnRows ownRows(List<String> labels) {
        return null;
    }
}
