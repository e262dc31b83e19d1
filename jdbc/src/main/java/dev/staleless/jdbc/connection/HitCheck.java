package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.jdbc.computed.Recording;
import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.policy.FrontListener.Comparison;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares a result that could have been served with what the database answers in its place.
 *
 * <p>Another answer alone is no fault: something may have been changed after the result was looked up. But a change that the answer
 * shows was reported before it was committed, hence before the database answered, so that no lookup that begins later serves a result
 * that it affects. The result is stale exactly if such a lookup serves it still. Rows in another order are the same result: each of
 * its orders is as right as the other where the statement allows both.
 *
 * <p>Used once, by the thread that executes the query.
 */
final class HitCheck implements Recording.Witness {

    /** Looks the result up again: its bytes if it would be served. */
    @FunctionalInterface
    interface Again {
        byte @Nullable [] lookup() throws SQLException;
    }

    private final Front front;
    private final Query query;
    private final SessionState session;
    private final ResultSettings settings;
    private final byte[] served;
    private final Again again;
    private boolean told;

    /** @param served what could have been served */
    HitCheck(Front front, Query query, SessionState session, ResultSettings settings, byte[] served, Again again) {
        this.front = front;
        this.query = query;
        this.session = session;
        this.settings = settings;
        this.served = served;
        this.again = again;
    }

    /** The database has answered. */
    @Override
    public void returned(byte[] answer) {
        told = true;
        Comparison outcome = compare(answer);
        front.compared(query, outcome);
        if (outcome == Comparison.STALE) {
            front.foundStale(query, query.parameters().asList().size());
            drop();
        }
    }

    /** Nothing more will come: what the database answered may not have been captured. */
    void end() {
        if (!told) {
            front.compared(query, Comparison.UNDECIDED);
        }
    }

    private Comparison compare(byte[] answer) {
        try {
            if (isSame(served, answer)) {
                return Comparison.SAME;
            }
            byte[] still = again.lookup();
            return still != null && isSame(served, still) ? Comparison.STALE : Comparison.UNDECIDED;
        } catch (SQLException | RuntimeException e) {
            front.failed("A result could not be compared with the database's", e);
            return Comparison.UNDECIDED;
        }
    }

    private boolean isSame(byte[] one, byte[] other) throws SQLException {
        // the driver has two notations for many types
        return Arrays.equals(one, other) || rows(one).equals(rows(other));
    }

    /** The rows and how often each is there. */
    private Map<List<@Nullable Object>, Integer> rows(byte[] bytes) throws SQLException {
        Replay replay = front.wiring.driver().replay(bytes, session.decoding(), settings);
        if (replay == null) {
            throw new SQLException("these are not the bytes of a result");
        }
        Map<List<@Nullable Object>, Integer> counted = new HashMap<>();
        try (ResultSet rows = replay.detached()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(comparable(rows, i));
                }
                counted.merge(row, 1, Integer::sum);
            }
        }
        return counted;
    }

    /** A value whose {@code equals} says whether it is the same one. */
    private static @Nullable Object comparable(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        } else if (value instanceof Array array) {
            // its text is another one where it came in binary
            return Arrays.deepToString(new Object[] {array.getArray()});
        }
        boolean comparable = value == null
                || value instanceof Number
                || value instanceof String
                || value instanceof Boolean
                || value instanceof UUID
                || value instanceof Temporal
                || value instanceof java.util.Date;
        return comparable ? value : rows.getString(column);
    }

    /** All that is cached of these tables becomes a miss on all nodes: who changed one result unseen has hardly changed that alone. */
    private void drop() {
        Transaction transaction = front.wiring.cache().begin();
        try {
            transaction.changed(
                    query.template().tables().stream().map(ChangeEvent::any).toList());
            var unused = transaction.commit(() -> Transaction.Outcome.COMMITTED);
        } catch (RuntimeException e) {
            transaction.rollback();
            front.failed("A stale result could not be dropped on all nodes", e);
        }
    }
}
