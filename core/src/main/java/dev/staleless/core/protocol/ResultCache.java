package dev.staleless.core.protocol;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
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

    /** As above, with more to say of how the result is kept and served. */
    default Lookup lookup(
            Query query,
            EntryKey key,
            Keeping keeping,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion) {
        return lookup(query, key, keeping.ttl(), transaction, mayWait, schemaVersion);
    }

    /**
     * As {@link #lookup}, for a result that is wanted from the database: nothing is served, and what is published replaces what was
     * cached.
     */
    default Lookup refresh(
            Query query, EntryKey key, Keeping keeping, @Nullable Transaction transaction, long schemaVersion) {
        return new Lookup.Bypass(MissReason.REFRESHED, "it is asked anew");
    }

    /** A transaction that is about to begin on one connection. Not safe for several threads at once. */
    Transaction begin();

    /**
     * Makes tables cacheable: adds them to the directory where missing, makes their registries' creation marks, and waits at
     * most {@code timeout} until both are in force. Tables not in force by then become so in the background.
     */
    void enlist(Collection<Table> tables, Duration timeout);

    /** The version of the schema in use; {@link Transaction#ANY_SCHEMA} if that is not known. */
    default long schemaVersion() {
        return Transaction.ANY_SCHEMA;
    }

    /**
     * To be called before a statement that changes the schema is sent, and before its transaction takes locks where that can
     * be had: waits until no node serves any more, and what others have begun by the old schema has ended.
     *
     * @param session names the database session that it is sent on
     * @param transaction the transaction that it is a part of, which need not be waited for; null for none
     * @return to be told when the statement's transaction has ended
     * @throws ReportException if that is not certain in time: the statement must not be sent
     */
    default SchemaChange changeSchema(String session, @Nullable Transaction transaction) {
        return answered -> {};
    }

    /**
     * Keeps what {@link #changeSchema} waits for, over many statements of several sessions, until it has ended. No node serves
     * meanwhile.
     *
     * @throws ReportException as {@link #changeSchema}
     */
    default SchemaChange migrate() {
        return answered -> {};
    }

    /** Whether some node caches the table, as far as this one knows now: to save work that only a cached table is worth. */
    default boolean isCached(TableName table) {
        return true;
    }

    /** The values that are kept beside the results. */
    default ValueCache values() {
        return ValueCache.NONE;
    }

    @Override
    void close();
}
