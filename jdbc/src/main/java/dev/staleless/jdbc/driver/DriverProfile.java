package dev.staleless.jdbc.driver;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.query.CachedRows;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.sql.RowImages;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one driver and its database do in their own way. Safe for any thread; what takes a connection or a result is called on
 * the thread that uses it.
 */
public interface DriverProfile {
    /** Whether this connection, or the one behind its wrappers, is of this driver. */
    boolean drives(Connection connection) throws SQLException;

    /**
     * Captures a live result that has not been read from. Nothing is sent to the database unless {@code mayAsk}, and the result is left as it is.
     *
     * @param mayAsk whether the driver may look up what it does not know of a type; its error would be noticed in a transaction
     */
    Capture capture(ResultSet live, Limits limits, boolean mayAsk) throws SQLException;

    /**
     * Rebuilds a captured result.
     *
     * @param decoding {@link SessionState#decoding()} of the session that it was captured in, or of one that is equal to it
     * @return null if the bytes are not those of a captured result
     */
    @Nullable
    Replay replay(byte[] rows, Object decoding, ResultSettings settings) throws SQLException;

    /**
     * What is surely known of the values of a captured result. The decision whether a change affects the result looks at them,
     * so a value that the database may understand in another way is to be given as unknown.
     *
     * @param rows not to be changed
     * @return null if nothing is known, or the bytes are not those of a captured result
     */
    default @Nullable CachedRows cachedRows(byte[] rows) {
        return null;
    }

    /**
     * A connection that has no database: statements can be made on it, set up and asked for their settings, as on a connection of
     * this driver, but not executed. Where the driver sends a statement when it is prepared, one that was not {@link #prepared}
     * yet is null: its errors are to come then.
     */
    Connection offline(Object decoding) throws SQLException;

    /** The database's own statement was prepared. */
    default void prepared(String sql, PreparedStatement statement) throws SQLException {}

    /** The schema may have changed, so that what was prepared before may have errors now. */
    default void schemaChanged() {}

    /** What stands for the session behind a connection: the same object for as long as it lives, whatever wraps it. */
    Object session(Connection connection) throws SQLException;

    /** Finds out the state of a session. Sends a statement, within the transaction if there is one. */
    SessionState probe(Connection connection) throws SQLException;

    /** Whether what the driver knows by itself of the session still is what it was when this state was read. Sends nothing. */
    boolean seemsUnchanged(Connection connection, SessionState state) throws SQLException;

    /** Whether the database is in a transaction, as the driver was told with the last answer. Sends nothing. */
    boolean isInTransaction(Connection connection) throws SQLException;

    /** Whether the database refuses everything until the transaction is rolled back. Sends nothing. */
    boolean isTransactionFailed(Connection connection) throws SQLException;

    /** Whether a statement that begins a transaction commits the one that it stands in. */
    default boolean beginCommits() {
        return false;
    }

    /** Whether {@link #probe} tells the isolation level of the running transaction too where it is another than the session's. */
    default boolean probesIsolationOfTransaction() {
        return true;
    }

    /**
     * Whether a transaction at REPEATABLE READ has its snapshot from its first read on, and {@link #probe} reads nothing that
     * makes it take one.
     */
    default boolean takesSnapshotAtFirstRead() {
        return false;
    }

    /** Whether an error in a transaction makes the database refuse everything until it is rolled back. */
    boolean errorFailsTransaction();

    /** Whether setting the isolation level commits the transaction that goes on. */
    default boolean settingIsolationCommits() {
        return false;
    }

    /** Whether the error is an answer to a COMMIT that says that nothing was committed. Everything else leaves it open. */
    boolean saysNotCommitted(SQLException error);

    /** What becomes of calls on the driver's own connection. */
    interface Watch {
        /** The next call could write: the connection counts as handed out. */
        void handOut() throws SQLException;

        /** Sends something of which a text tells what it does. */
        <R> R send(String sql, Sent<R> work) throws SQLException;
    }

    /** Something that is sent past the driver's statements. */
    @FunctionalInterface
    interface Sent<R> {
        R run() throws SQLException;
    }

    /**
     * Something to hand out instead of the driver's own connection, of the same type: calls that surely write nothing are passed on
     * to it, those are reported of which a text tells what they do, and with the first other one it counts as handed out.
     *
     * @return null if there is nothing like that for this type
     */
    default <T> @Nullable T watched(Class<T> type, T connection, Watch watch) {
        return null;
    }

    /** Whether arrays can be made by {@link Connection#createArrayOf} of PostgreSQL's names of types, without a statement. */
    default boolean hasArrays() {
        return false;
    }

    /**
     * What the database can return of the rows that a statement changes.
     *
     * @return null for nothing that is made use of
     */
    default RowImages.@Nullable Returning returning(Connection connection) throws SQLException {
        return null;
    }

    /** Whether a statement that was sent as the query that returns its rows leaves half of its changes behind when it fails. */
    default boolean leavesHalfImaged() {
        return false;
    }

    /** Whether each call of getGeneratedKeys makes a result of its own, so that one may be read without that anybody notices. */
    default boolean makesKeysAnew() {
        return false;
    }

    /** Whether a result that {@link java.sql.Statement#setMaxRows} limits may be cached like any other. */
    default boolean cachesLimitedResults() {
        return true;
    }

    /** Whether a text of two queries gives the results of both, as the driver sends it. */
    default boolean returnsSeveralResults(Connection connection) throws SQLException {
        return false;
    }

    /** Whether the session's role may read all columns of some tables. Sends a statement, which does not fail. */
    default boolean mayRead(Connection connection, Set<TableName> tables) throws SQLException {
        return false;
    }

    /** An error of a statement that was sent as the query that returns its rows, as the statement itself would have had it. */
    default SQLException ofStatement(SQLException error, RowImages images) {
        return error;
    }

    /** Part of the key: the format of captured results. */
    String format();
}
