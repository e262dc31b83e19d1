package dev.staleless.jdbc.connection;

import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import dev.staleless.jdbc.computed.Recording;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.jdbc.result.ReplayedResultSet;
import dev.staleless.sql.Analysis;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a query that can be cached: looked up, and on a miss sent to the database and published.
 *
 * <p>The driver has the whole result when its execution returns, unless the server keeps a cursor. So a result is captured there
 * and then, before the application has read a row of it: nothing more is read from the database than the application asked for,
 * no error can come up that it would not have seen, whether it reads to the end does not matter, and the fill is over when this
 * returns, however it returns. A result behind a cursor is handed on as it is, and not cached.
 */
final class CachedRead {
    private static final String NOT_ASKED_FOR = "the policy does not cache it";
    private static final String NOT_WORTH_IT = "it costs more to cache it than it saves, as measured";

    private final CachingStatement statement;
    private final LogicalConnection connection;
    private final Front front;
    private final String sql;
    private final Analysis.Read read;
    private final BoundValues values;
    private final Timing timing;

    CachedRead(CachingStatement statement, String sql, Analysis.Read read, BoundValues values) {
        this.statement = statement;
        this.connection = statement.connection;
        this.front = connection.front();
        this.sql = sql;
        this.read = read;
        this.values = values;
        this.timing = new Timing(front.wiring.shapes().clock());
    }

    /** The result of the query, from the cache or from the database. */
    ResultSet run(Work<ResultSet> work) throws SQLException {
        Keeping keeping =
                front.wiring.policy().keeping(read.template(), read.sql().hint());
        boolean recorded = Recording.isActive();
        SessionState session = keeping == null && !recorded ? null : connection.session();
        String refusal = keeping == null && !recorded ? NOT_ASKED_FOR : refusal(session);
        if (session == null || refusal != null) {
            String reason = refusal == null ? "the state of the session is not known" : refusal;
            Recording.uncertain(reason + ": " + sql);
            front.passedThrough(sql, keeping == null ? NOT_ASKED_FOR : reason);
            return fromDatabase(work);
        }
        AskedQueries.Asked asked =
                front.asked.of(read, session, statement instanceof PreparedStatement, statement.getMaxRows(), values);
        Query query = asked.query();
        EntryKey key = asked.key();
        Recording.Witness witness = recorded ? observe(session, query, key) : Recording.Witness.NONE;
        if (keeping == null) {
            front.passedThrough(sql, NOT_ASKED_FOR);
            return fill(null, witness, session, work);
        }
        boolean refreshes = front.wiring.policy().refreshes(read.sql().hint());
        timing.start(asked.shape());
        if (!refreshes && !asked.shape().admits(key, keeping.admission())) {
            return leftToDatabase(witness, session, work);
        }
        // what is computed from it would stay stale
        Lookup lookup = lookup(asked, recorded ? keeping.withAllowStale(Duration.ZERO) : keeping, refreshes);
        if (lookup instanceof Lookup.Hit hit) {
            ResultSet replayed = replay(hit.rows(), session);
            if (replayed != null) {
                witness.returned(hit.rows());
                timing.hit();
                return statement.serve(replayed);
            }
        } else if (lookup instanceof Lookup.Fill fill) {
            try (fill) {
                ResultSet rows = fill(fill, witness, session, work);
                timing.missed(fill.reason());
                return rows;
            }
        }
        ResultSet rows = recorded ? fill(null, witness, session, work) : fromDatabase(work);
        if (lookup instanceof Lookup.Bypass bypass) {
            timing.missed(bypass.reason());
        }
        return rows;
    }

    /** What is computed with it depends on it all the same. */
    private ResultSet leftToDatabase(Recording.Witness witness, SessionState session, Work<ResultSet> work)
            throws SQLException {
        front.passedThrough(sql, NOT_WORTH_IT);
        ResultSet rows = witness == Recording.Witness.NONE ? fromDatabase(work) : fill(null, witness, session, work);
        timing.leftToDatabase();
        return rows;
    }

    private Lookup lookup(AskedQueries.Asked asked, Keeping keeping, boolean refreshes) throws SQLException {
        ResultCache cache = front.wiring.cache();
        long schema = connection.transaction().lastSchemaVersion();
        return refreshes
                ? cache.refresh(asked.query(), asked.key(), keeping, transaction(), schema)
                : cache.lookup(
                        asked.query(), asked.key(), keeping, transaction(), !connection.holdsConnection(), schema);
    }

    /** To be called before the query is looked up or sent: what is computed with it depends on its result from then on. */
    private Recording.Witness observe(SessionState session, Query query, EntryKey key) {
        Defaults defaults = front.defaults();
        return Recording.observe(new Recording.Asked(
                front.wiring.database(),
                front.wiring.cache().values(),
                key,
                sql,
                session.searchPath(),
                query,
                connection.transaction().lastSchemaVersion(),
                defaults != null && session.returnsTheSameAs(defaults.session()),
                connection.hasWritten()));
    }

    /** Why the query is not cached as it is executed now, or null if it is. */
    private @Nullable String refusal(@Nullable SessionState session) throws SQLException {
        if (session == null) {
            return "the state of the session is not known";
        } else if (connection.isTransactionFailed()) {
            return "the transaction has failed";
        } else if (connection.isolation(session) == Connection.TRANSACTION_READ_UNCOMMITTED) {
            return "the session reads what is not committed";
        } else if (connection.inTransaction() && isTooStrict(connection.isolation(session))) {
            return "the transaction is stricter than READ COMMITTED";
        } else if (statement.getResultSetType() != ResultSet.TYPE_FORWARD_ONLY
                || statement.getResultSetConcurrency() != ResultSet.CONCUR_READ_ONLY) {
            return "the result set is scrollable or updatable";
        } else if (statement.getMaxRows() != 0 && !front.wiring.driver().cachesLimitedResults()) {
            return "the result is limited by setMaxRows";
        } else if (statement.getMaxFieldSize() != 0) {
            return "fields are cut to a size";
        }
        return front.keys.uncacheable(read.template(), values);
    }

    /** Whether the transaction's level forbids to serve it, or to publish what it reads. */
    private boolean isTooStrict(int isolation) throws SQLException {
        if (isolation == Connection.TRANSACTION_REPEATABLE_READ
                && front.wiring.policy().servesBeforeSnapshot()
                && front.wiring.driver().takesSnapshotAtFirstRead()) {
            return connection.mayHaveSnapshot();
        }
        return isolation > Connection.TRANSACTION_READ_COMMITTED;
    }

    private @Nullable Transaction transaction() throws SQLException {
        return connection.inTransaction() ? connection.transaction().current() : null;
    }

    private ResultSet fromDatabase(Work<ResultSet> work) throws SQLException {
        return statement.live(timing.database(() -> Writes.send(connection, work)));
    }

    private @Nullable ResultSet replay(byte[] rows, SessionState session) throws SQLException {
        ResultSettings settings = new ResultSettings(
                statement.getResultSetHoldability(),
                statement.getMaxRows(),
                statement.getFetchSize(),
                statement.getFetchDirection());
        Replay replay = front.wiring.driver().replay(rows, session.decoding(), settings);
        return replay == null
                ? null
                : new ReplayedResultSet(
                        replay, () -> connection.borrow().connection(), statement, statement::cachedResultClosed);
    }

    /** @param fill null if the result is not to be published */
    private ResultSet fill(
            Lookup.@Nullable Fill fill, Recording.Witness witness, SessionState session, Work<ResultSet> work)
            throws SQLException {
        // Borrowed before, if it was not yet: the session may be another than was thought.
        Borrowed borrowed = timing.database(connection::borrow);
        boolean sameSession = isSession(borrowed, session);
        ResultSet rows = timing.database(() -> Writes.send(connection, work));
        try {
            if (!sameSession || !isSession(borrowed, session)) {
                String why = "the session is not the one that the key was made for";
                Recording.uncertain(why);
                front.notCaptured(sql, why);
            } else if (statement.getWarnings() != null) {
                front.notCaptured(sql, "the query gave warnings");
            } else if (fill != null || witness != Recording.Witness.NONE) {
                capture(fill, witness, rows);
            }
        } catch (SQLException | RuntimeException e) {
            front.failed("A result could not be captured", e);
        }
        return statement.live(rows);
    }

    private boolean isSession(Borrowed borrowed, SessionState session) throws SQLException {
        SessionState now = borrowed.session(connection.isTransactionFailed());
        return now != null && now.uncacheable() == null && now.returnsTheSameAs(session);
    }

    private void capture(Lookup.@Nullable Fill fill, Recording.Witness witness, ResultSet rows) throws SQLException {
        Capture capture = front.wiring.driver().capture(rows, front.wiring.limits(), !connection.inTransaction());
        if (capture instanceof Capture.Captured captured) {
            witness.returned(captured.rows());
            if (fill != null) {
                fill.publish(captured.rows());
            }
        } else if (capture instanceof Capture.Refused refused) {
            front.notCaptured(sql, refused.reason());
        }
    }
}
