package dev.staleless.jdbc.connection;

import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.Revalidation;
import dev.staleless.core.store.EntryKey;
import dev.staleless.jdbc.computed.Recording;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.jdbc.policy.FrontListener;
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
    private static final String UNKNOWN_SESSION = "the state of the session is not known";

    private final CachingStatement statement;
    private final LogicalConnection connection;
    private final Front front;
    private final String sql;
    private final Analysis.Read read;
    private final BoundValues values;
    private Timing timing = Timing.NONE;

    CachedRead(CachingStatement statement, String sql, Analysis.Read read, BoundValues values) {
        this.statement = statement;
        this.connection = statement.connection;
        this.front = connection.front();
        this.sql = sql;
        this.read = read;
        this.values = values;
    }

    /** The result of the query, from the cache or from the database. */
    ResultSet run(Work<ResultSet> work) throws SQLException {
        Keeping keeping =
                front.wiring.policy().keeping(read.template(), read.sql().hint());
        boolean recorded = Recording.isActive();
        if (keeping == null && !recorded) {
            front.passedThrough(sql, whyNotAskedFor());
            return fromDatabase(work);
        }
        SessionState session = connection.session();
        String refusal = refusal(session);
        if (session == null || refusal != null) {
            String reason = refusal == null ? UNKNOWN_SESSION : refusal;
            Recording.uncertain(reason + ": " + sql);
            front.passedThrough(sql, keeping == null ? NOT_ASKED_FOR : reason);
            return fromDatabase(work);
        }
        long start = System.nanoTime();
        AskedQueries.Asked asked = asked(session);
        Recording.Witness witness = recorded ? observe(session, asked.query(), asked.key()) : Recording.Witness.NONE;
        if (keeping == null) {
            front.passedThrough(sql, NOT_ASKED_FOR);
            return fill(null, witness, session, work);
        }
        boolean refreshes = front.wiring.policy().refreshes(read.sql().hint());
        timing = new Timing(
                asked.shape(), asked.shape().times() ? front.wiring.shapes().clock() : null);
        if (!refreshes && !asked.shape().admits(asked.key(), keeping.admission())) {
            return leftToDatabase(asked.query(), witness, session, work);
        }
        // what is computed from it would stay stale
        Keeping kept = recorded ? keeping.withAllowStale(Duration.ZERO) : keeping;
        return cached(asked, kept, lookup(asked, kept, refreshes), start, witness, session, work);
    }

    private AskedQueries.Asked asked(SessionState session) throws SQLException {
        return front.asked.of(read, session, statement instanceof PreparedStatement, statement.getMaxRows(), values);
    }

    private ResultSet cached(
            AskedQueries.Asked asked,
            Keeping keeping,
            Lookup lookup,
            long start,
            Recording.Witness witness,
            SessionState session,
            Work<ResultSet> work)
            throws SQLException {
        if (lookup instanceof Lookup.Hit hit
                && !hit.stale()
                && front.wiring.policy().verifies()) {
            return verified(hit.rows(), asked, keeping, witness, session, work);
        } else if (lookup instanceof Lookup.Hit hit) {
            ResultSet replayed = replay(hit.rows(), session);
            if (replayed != null) {
                witness.returned(hit.rows());
                timing.hit();
                front.answered(asked.query(), FrontListener.Answer.CACHE, start);
                return statement.serve(replayed);
            }
        }
        long asking = System.nanoTime();
        ResultSet rows;
        if (lookup instanceof Lookup.Fill fill) {
            try (fill) {
                ResultSet revalidated = revalidated(fill, witness, session);
                if (revalidated != null) {
                    timing.hit();
                    front.answered(asked.query(), FrontListener.Answer.CACHE, start);
                    return revalidated;
                }
                rows = fill(fill, witness, session, work);
                timing.missed(fill.reason());
            }
        } else {
            rows = witness == Recording.Witness.NONE ? fromDatabase(work) : fill(null, witness, session, work);
            if (lookup instanceof Lookup.Bypass bypass) {
                timing.missed(bypass.reason());
            }
        }
        front.answered(asked.query(), FrontListener.Answer.DATABASE, asking);
        return rows;
    }

    /** The database answers in place of a hit, and is compared with it. */
    private ResultSet verified(
            byte[] rows,
            AskedQueries.Asked asked,
            Keeping keeping,
            Recording.Witness witness,
            SessionState session,
            Work<ResultSet> work)
            throws SQLException {
        HitCheck check = new HitCheck(front, asked.query(), session, settings(), rows, () -> servedNow(asked, keeping));
        long asking = System.nanoTime();
        ResultSet answer = fill(
                null,
                captured -> {
                    witness.returned(captured);
                    check.returned(captured);
                },
                session,
                work);
        front.answered(asked.query(), FrontListener.Answer.DATABASE, asking);
        check.end();
        return answer;
    }

    private byte @Nullable [] servedNow(AskedQueries.Asked asked, Keeping keeping) throws SQLException {
        Lookup lookup = front.wiring
                .cache()
                .lookup(
                        asked.query(),
                        asked.key(),
                        keeping.withAllowStale(Duration.ZERO),
                        transaction(),
                        false,
                        connection.transaction().lastSchemaVersion());
        if (lookup instanceof Lookup.Fill fill) {
            fill.close();
        }
        return lookup instanceof Lookup.Hit hit ? hit.rows() : null;
    }

    /** Why the policy does not cache the query now; a node that only reports tells of it if it would. */
    private String whyNotAskedFor() throws SQLException {
        Keeping would =
                front.wiring.policy().wouldKeep(read.template(), read.sql().hint());
        if (would == null) {
            return NOT_ASKED_FOR;
        }
        SessionState session = connection.session();
        String refusal = refusal(session);
        if (session == null || refusal != null) {
            return refusal == null ? UNKNOWN_SESSION : refusal;
        }
        front.reportedOnly(asked(session), would.ttl());
        return "the node only reports";
    }

    /** What is computed with it depends on it all the same. */
    private ResultSet leftToDatabase(Query query, Recording.Witness witness, SessionState session, Work<ResultSet> work)
            throws SQLException {
        front.passedThrough(sql, NOT_WORTH_IT);
        long asking = System.nanoTime();
        ResultSet rows = witness == Recording.Witness.NONE ? fromDatabase(work) : fill(null, witness, session, work);
        timing.leftToDatabase();
        front.answered(query, FrontListener.Answer.DATABASE, asking);
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
            return UNKNOWN_SESSION;
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

    private ResultSet send(Work<ResultSet> work) throws SQLException {
        return timing == Timing.NONE
                ? Writes.send(connection, work)
                : timing.database(() -> Writes.send(connection, work));
    }

    private ResultSet fromDatabase(Work<ResultSet> work) throws SQLException {
        return statement.live(send(work));
    }

    private ResultSettings settings() throws SQLException {
        return new ResultSettings(
                statement.getResultSetHoldability(),
                statement.getMaxRows(),
                statement.getFetchSize(),
                statement.getFetchDirection());
    }

    private @Nullable ResultSet replay(byte[] rows, SessionState session) throws SQLException {
        Replay replay = front.wiring.driver().replay(rows, session.decoding(), settings());
        return replay == null
                ? null
                : new ReplayedResultSet(
                        replay, () -> connection.borrow().connection(), statement, statement::cachedResultClosed);
    }

    private @Nullable Revalidating revalidating() {
        Revalidation revalidation = read.template().revalidation();
        return revalidation == null ? null : new Revalidating(connection, revalidation, values);
    }

    /** The result that changes have left in doubt, if the database tells that it is right; null if not. */
    private @Nullable ResultSet revalidated(Lookup.Fill fill, Recording.Witness witness, SessionState session)
            throws SQLException {
        Lookup.Doubtful doubtful = fill.doubtful();
        Revalidating revalidating = doubtful == null ? null : revalidating();
        if (doubtful == null
                || revalidating == null
                || connection.inTransaction() && connection.isolation(session) != Connection.TRANSACTION_READ_COMMITTED
                || !revalidating.isChosen()) {
            return null;
        }
        Borrowed borrowed = connection.borrow();
        boolean right = isSession(borrowed, session)
                && revalidating.settles(doubtful, statement.getQueryTimeout())
                && isSession(borrowed, session);
        ResultSet replayed = right ? replay(doubtful.rows(), session) : null;
        if (replayed == null || !fill.confirm()) {
            return null;
        }
        witness.returned(doubtful.rows());
        return statement.serve(replayed);
    }

    /** @param fill null if the result is not to be published */
    private ResultSet fill(
            Lookup.@Nullable Fill fill, Recording.Witness witness, SessionState session, Work<ResultSet> work)
            throws SQLException {
        // Borrowed before, if it was not yet: the session may be another than was thought.
        Borrowed borrowed = timing.database(connection::borrow);
        boolean sameSession = isSession(borrowed, session);
        Revalidating revalidating = revalidating();
        long start = System.nanoTime();
        ResultSet rows = send(work);
        if (revalidating != null) {
            revalidating.queried(System.nanoTime() - start);
        }
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
