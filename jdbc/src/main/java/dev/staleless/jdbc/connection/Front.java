package dev.staleless.jdbc.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import dev.staleless.jdbc.catalog.TemporaryTables;
import dev.staleless.jdbc.key.ResultKeys;
import dev.staleless.jdbc.policy.FrontListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the connections of one caching data source share. Safe for any thread. */
final class Front {
    private static final Logger LOG = LoggerFactory.getLogger(CachingDataSource.class);

    /** Causes that are logged once each; further ones are counted only. */
    private static final int LOGGED_ONCE = 1000;

    private static final int MAX_REPORTED = 100_000;

    final Wiring wiring;
    final ResultKeys keys;
    final AskedQueries asked;
    final Sessions sessions = new Sessions();
    final TemporaryTables temporaryTables = new TemporaryTables();
    final ImageChoice images;
    final RevalidationChoice revalidations;
    private final DataSource delegate;

    /** Until when results would be kept that a node which only reports has left to the database. */
    private final Cache<EntryKey, Long> reported = Caffeine.newBuilder()
            .maximumSize(MAX_REPORTED)
            .executor(Runnable::run)
            .build();

    private final Map<String, Boolean> logged = new ConcurrentHashMap<>();
    private volatile @Nullable Defaults defaults;
    private volatile boolean foreign;

    Front(DataSource delegate, Wiring wiring) {
        this.delegate = delegate;
        this.wiring = wiring;
        this.images = new ImageChoice(wiring);
        this.revalidations = new RevalidationChoice(wiring.revalidate());
        this.keys = new ResultKeys(wiring.database(), wiring.driver().format());
        this.asked = new AskedQueries(keys, wiring.shapes());
    }

    /** Takes a connection from the wrapped data source. The first one tells the defaults. */
    Connection borrow() throws SQLException {
        Connection connection = delegate.getConnection();
        if (defaults == null && !foreign) {
            learn(connection);
        }
        return connection;
    }

    private void learn(Connection connection) throws SQLException {
        try {
            if (wiring.driver().drives(connection)) {
                Defaults learned = Defaults.of(connection, wiring.driver());
                warnOfIsolation(learned.session().isolation());
                defaults = learned;
            } else {
                foreign = true;
                once(
                        "foreign",
                        () -> LOG.warn(
                                "Connections of {} are not of the driver that is known: nothing is cached", delegate));
            }
        } catch (SQLException | RuntimeException e) {
            closeAfter(connection, e);
            throw e;
        }
    }

    private void warnOfIsolation(int isolation) {
        boolean served = isolation == Connection.TRANSACTION_REPEATABLE_READ
                && wiring.policy().servesBeforeSnapshot()
                && wiring.driver().takesSnapshotAtFirstRead();
        if (isolation > Connection.TRANSACTION_READ_COMMITTED && !served) {
            LOG.warn(
                    "The sessions of {} are stricter than READ COMMITTED: inside a transaction nothing is served."
                            + " Set the isolation of the data source to READ COMMITTED, or (MariaDB, REPEATABLE READ) snapshot = relaxed",
                    delegate);
        }
    }

    static void closeAfter(Connection connection, Exception failure) {
        try {
            connection.close();
        } catch (SQLException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }

    /** Null before the first connection was borrowed, and if its driver is not the profile's. */
    @Nullable
    Defaults defaults() {
        return defaults;
    }

    /** Whether the connections are not of the driver that the profile is for: everything counts as not understood then. */
    boolean isForeign() {
        return foreign;
    }

    Catalog catalog(java.util.List<String> searchPath) {
        return wiring.catalogs().current(searchPath);
    }

    /** The catalog may have changed: it is read again, and until then nothing is known of any table. */
    void schemaChanged() {
        wiring.catalogs().refresh();
        wiring.driver().schemaChanged();
    }

    /** Statements that count as a change of everything: logged once each, told to the listener each time. */
    void changedEverything(String sql, String reason) {
        once(sql, () -> LOG.warn("Counts as a change of every cached table ({}): {}", reason, sql));
        tell(listener -> listener.changedEverything(sql, reason));
    }

    void passedThrough(String sql, String reason) {
        tell(listener -> listener.passedThrough(sql, reason));
    }

    /** The cache or the database has answered a query that could be cached. */
    void answered(Query query, FrontListener.Answer by, long since) {
        tell(listener -> listener.answered(query, by, System.nanoTime() - since));
    }

    void compared(Query query, FrontListener.Comparison outcome) {
        tell(listener -> listener.compared(query, outcome));
    }

    /** A query that would have been cached for a time. */
    void reportedOnly(AskedQueries.Asked query, Duration ttl) {
        long now = System.nanoTime();
        Long until = reported.getIfPresent(query.key());
        boolean again = until != null && until - now > 0;
        if (!again) {
            reported.put(query.key(), now + ttl.toNanos());
        }
        tell(listener -> listener.reportedOnly(query.query(), again));
    }

    void notCaptured(String sql, String reason) {
        tell(listener -> listener.notCaptured(sql, reason));
    }

    void unwrapped() {
        once(
                "unwrapped",
                () -> LOG.warn(
                        "The driver's own connection is handed out: until it is returned, that counts as a change of every"
                                + " cached table"));
        tell(FrontListener::unwrapped);
    }

    /** A result was found that the cache would go on serving, and the database says otherwise. */
    void foundStale(Query query, int parameters) {
        once(
                "stale " + query.sql(),
                () -> LOG.error(
                        "A cached result is not what the database says: something that reads {} was changed without that Staleless was"
                                + " told, or the statement leaves open which rows it returns, such as by LIMIT without a complete ORDER"
                                + " BY. Everything cached of these tables is dropped. See to all writers. The statement, of {}"
                                + " parameters: {}",
                        query.template().tables(),
                        parameters,
                        query.sql()));
    }

    /** Something went wrong that the application's statement is not to notice. */
    void failed(String what, Exception cause) {
        once(what + cause.getClass(), () -> LOG.warn("{}: the result is not cached", what, cause));
    }

    private void tell(Consumer<FrontListener> event) {
        try {
            event.accept(wiring.listener());
        } catch (RuntimeException e) {
            once("listener", () -> LOG.warn("The listener failed", e));
        }
    }

    private void once(String cause, Runnable log) {
        if (logged.size() < LOGGED_ONCE && logged.putIfAbsent(cause, true) == null) {
            log.run();
        }
    }
}
