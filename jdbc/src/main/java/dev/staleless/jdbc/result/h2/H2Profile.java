package dev.staleless.jdbc.result.h2;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.query.CachedRows;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.sql.RowImages;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.engine.Constants;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcException;
import org.h2.jdbc.JdbcResultSet;
import org.h2.message.DbException;
import org.h2.result.ResultInterface;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** The H2 driver, and H2: embedded or as a server. */
public final class H2Profile implements DriverProfile {
    /** Sets of decoding settings whose session is kept; there is one for all connections of a pool. */
    private static final int SESSIONS = 64;

    private final LiveRows live;
    private final String version;
    private final PreparedTexts prepared = new PreparedTexts();
    private final Map<DecodingSettings, JdbcConnection> sessions = new ConcurrentHashMap<>();

    private static final String MAY_READ =
            "SELECT IS_ADMIN FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME = CURRENT_USER";

    private H2Profile(LiveRows live, String version) {
        this.live = live;
        this.version = version;
    }

    /**
     * The profile of the driver on the class path.
     *
     * @throws ReflectiveOperationException if it is a version whose results cannot be captured
     */
    public static DriverProfile create() throws ReflectiveOperationException {
        // What is constant to the compiler may be another one in the version that runs.
        int types = Value.class.getField("TYPE_COUNT").getInt(null);
        if (types != Value.TYPE_COUNT) {
            throw new ReflectiveOperationException("Value.TYPE_COUNT = " + types + ": known is " + Value.TYPE_COUNT);
        }
        checkRows();
        Object version = Constants.class.getField("VERSION").get(null);
        return new H2Profile(LiveRows.find(), String.valueOf(version));
    }

    /** Fails if the driver asks its results for something that replayed ones do not know. */
    private static void checkRows() throws NoSuchMethodException {
        for (var method : ResultInterface.class.getMethods()) {
            var ours = ReplayedRows.class.getMethod(method.getName(), method.getParameterTypes());
            if (java.lang.reflect.Modifier.isAbstract(ours.getModifiers())) {
                throw new NoSuchMethodException(method.toString());
            }
        }
    }

    @Override
    public boolean drives(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class);
    }

    @Override
    public Capture capture(ResultSet result, Limits limits, boolean mayAsk) throws SQLException {
        JdbcResultSet driverResult = LiveRows.driverResult(result);
        if (driverResult == null) {
            return new Capture.Refused("the result is not the H2 driver's own");
        }
        JdbcConnection connection = result.getStatement().getConnection().unwrap(JdbcConnection.class);
        try {
            ResultInterface rows = driverResult.getResult();
            LiveRows.Rows all = live.rows(rows, connection.getSession());
            return all == null
                    ? new Capture.Refused("the driver does not have the whole result: it is fetched in portions,"
                            + " spilled to disk, or holds large objects")
                    : capture(rows, all, limits);
        } catch (DbException e) {
            throw DbException.toSQLException(e);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("The H2 driver's result could not be looked at", e);
        }
    }

    private static Capture capture(ResultInterface result, LiveRows.Rows rows, Limits limits) {
        ResultCodec.Encoder encoder = new ResultCodec.Encoder(LiveRows.columns(result), limits.bytes());
        long count = 0;
        Value[] row = rows.next();
        while (row != null && count <= limits.rows() && encoder.isWritable() && !encoder.isFull()) {
            encoder.add(row);
            count++;
            row = rows.next();
        }
        if (!encoder.isWritable()) {
            return new Capture.Refused("a column is a large object or a Java object");
        }
        byte[] bytes = count > limits.rows() ? null : encoder.toBytes();
        return bytes == null
                ? new Capture.Refused(
                        "the result is larger than " + limits.rows() + " rows or " + limits.bytes() + " bytes")
                : new Capture.Captured(bytes);
    }

    @Override
    public @Nullable Replay replay(byte[] rows, Object decoding, ResultSettings settings) throws SQLException {
        DecodingSettings known = ((SessionProbe.Observed) decoding).settings();
        DetachedConnection connection = detached(known);
        CapturedResult result = connection == null ? null : ResultCodec.decode(rows);
        return connection == null || result == null ? null : H2Replay.of(result, settings, known.remote(), connection);
    }

    private @Nullable DetachedConnection detached(DecodingSettings settings) throws SQLException {
        JdbcConnection open = sessions.get(settings);
        if (open == null) {
            open = open(settings);
        }
        return open == null ? null : DetachedConnection.of(open, settings, prepared);
    }

    private synchronized @Nullable JdbcConnection open(DecodingSettings settings) throws SQLException {
        JdbcConnection open = sessions.get(settings);
        if (open == null && sessions.size() < SESSIONS) {
            open = DetachedConnection.open(settings);
            sessions.put(settings, open);
        }
        return open;
    }

    @Override
    public @Nullable CachedRows cachedRows(byte[] rows) {
        return H2Rows.of(rows);
    }

    @Override
    public Connection offline(Object decoding) throws SQLException {
        Connection connection = detached(((SessionProbe.Observed) decoding).settings());
        if (connection == null) {
            throw new SQLException("There is no connection without database for these settings", "08003");
        }
        return connection;
    }

    @Override
    public void prepared(String sql, PreparedStatement statement) throws SQLException {
        prepared.add(sql, statement.getParameterMetaData().getParameterCount());
    }

    @Override
    public void schemaChanged() {
        prepared.clear();
    }

    @Override
    public Object session(Connection connection) throws SQLException {
        return connection.unwrap(JdbcConnection.class);
    }

    @Override
    public SessionState probe(Connection connection) throws SQLException {
        return SessionProbe.probe(connection.unwrap(JdbcConnection.class));
    }

    @Override
    public boolean seemsUnchanged(Connection connection, SessionState state) throws SQLException {
        return SessionProbe.seemsUnchanged(connection.unwrap(JdbcConnection.class), state);
    }

    /** In H2 auto-commit is off whenever a transaction goes on, also one that a statement's text has begun. */
    @Override
    public boolean isInTransaction(Connection connection) throws SQLException {
        return !connection.unwrap(JdbcConnection.class).getAutoCommit();
    }

    /** A statement that fails is undone by itself. */
    @Override
    public boolean isTransactionFailed(Connection connection) {
        return false;
    }

    @Override
    public boolean errorFailsTransaction() {
        return false;
    }

    @Override
    public boolean settingIsolationCommits() {
        return true;
    }

    /** H2 checks constraints with each statement; what goes wrong in a COMMIT does so while it is written. */
    @Override
    public boolean saysNotCommitted(SQLException error) {
        return false;
    }

    @Override
    public RowImages.Returning returning(Connection connection) {
        return RowImages.Returning.DELTA;
    }

    /** An administrator may read everything; what is granted to others is not looked at. */
    @Override
    public boolean mayRead(Connection connection, Set<TableName> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAY_READ);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** H2 undoes a failed statement, but not one within a query. */
    @Override
    public boolean leavesHalfImaged() {
        return true;
    }

    /** Messages end with the text that was sent. */
    @Override
    public SQLException ofStatement(SQLException error, RowImages images) {
        if (error instanceof JdbcException told && images.sql().equals(told.getSQL())) {
            told.setSQL(images.statement());
        }
        return error;
    }

    /** One that was left before its last row may go on with older rows when it is executed again (decision 8). */
    @Override
    public boolean cachesLimitedResults() {
        return false;
    }

    @Override
    public String format() {
        return "h2/" + ResultCodec.VERSION + "/" + version;
    }
}
