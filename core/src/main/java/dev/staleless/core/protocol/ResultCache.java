package dev.staleless.core.protocol;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The cache as the JDBC front sees it: looks results up, fills them, and carries transactions' changes. */
public interface ResultCache extends AutoCloseable {

    /**
     * Looks a result up, and where there is none that may be served says what to do. Never throws for a fault of the store.
     *
     * @param ttl how long a result published by the returned {@link Lookup.Fill} may be kept
     * @param transaction the transaction in which the query runs, or null outside of any
     * @param mayWait whether the caller may be made to wait for another fill of the same key: false while it holds a
     *     connection
     */
    default Lookup lookup(Query query, EntryKey key, Duration ttl, @Nullable Transaction transaction, boolean mayWait) {
        return lookup(query, key, ttl, transaction, mayWait, Transaction.ANY_SCHEMA);
    }

    /**
     * As above.
     *
     * @param schemaVersion the version after which the catalog was read by which the query was analysed: where another one
     *     is in use, nothing is served
     */
    Lookup lookup(
            Query query,
            EntryKey key,
            Duration ttl,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion);

    /** A transaction that is about to begin on one connection. Not safe for several threads at once. */
    Transaction begin();

    /**
     * Makes tables cacheable: adds them to the directory where missing, makes their registries' creation marks, and waits at
     * most {@code timeout} until both are in force. Tables not in force by then become so in the background.
     */
    void enlist(Collection<Table> tables, Duration timeout);

    @Override
    void close();
}
