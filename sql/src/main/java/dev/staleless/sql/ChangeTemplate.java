package dev.staleless.sql;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.Set;

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
}
