package dev.staleless.core.catalog;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The tables of one database as of one schema version. Immutable, safe for any thread. */
public interface Catalog {

    /** Identifies this reading of the catalog: another reading has another value. */
    long version();

    /**
     * Resolves a name as a statement writes it.
     *
     * @param schema as written, null if unqualified: the search path decides
     * @return null if there is none, or if it cannot be told which one is meant
     */
    @Nullable
    Table resolve(@Nullable String schema, String name);

    /** The table of this exact name, or null. */
    @Nullable
    Table table(TableName name);

    /** Every table and view that is not the database's own. */
    Collection<Table> tables();

    /**
     * What the triggers of a table change beside what the statement says, as it was declared.
     *
     * @return null if nothing was declared: they may change anything
     */
    default @Nullable TriggerEffects triggerEffects(TableName table) {
        return null;
    }

    /**
     * Whether this unqualified function name may mean a function that the database did not come with. Names are folded to
     * lower case.
     */
    boolean isUserFunction(String name);
}
