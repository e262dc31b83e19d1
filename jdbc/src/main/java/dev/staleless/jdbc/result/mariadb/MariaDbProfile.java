package dev.staleless.jdbc.result.mariadb;

import dev.staleless.core.query.CachedRows;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.policy.Limits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.result.CompleteResult;

/** MariaDB Connector/J, and MariaDB. */
public final class MariaDbProfile implements DriverProfile {
    /** Sets of decoding settings that are kept; there is one for all connections of a pool. */
    private static final int DETACHED = 64;

    private static final int SERVER_STATUS_IN_TRANS = 1;

    /** Told by a COMMIT of a cluster that has taken back what was to be committed. */
    private static final int DEADLOCK = 1213;

    private final DriverFields driver;
    private final Map<Decoding, Detached> detached = new ConcurrentHashMap<>();

    private MariaDbProfile(DriverFields driver) {
        this.driver = driver;
    }

    /**
     * The profile of the driver on the class path.
     *
     * @throws ReflectiveOperationException if it is a version whose results cannot be captured
     */
    public static DriverProfile create() throws ReflectiveOperationException {
        return new MariaDbProfile(DriverFields.find());
    }

    private static org.mariadb.jdbc.Connection unwrap(Connection connection) throws SQLException {
        return connection.unwrap(org.mariadb.jdbc.Connection.class);
    }

    @Override
    public boolean drives(Connection connection) throws SQLException {
        return connection.isWrapperFor(org.mariadb.jdbc.Connection.class);
    }

    @Override
    public Capture capture(ResultSet live, Limits limits, boolean mayAsk) throws SQLException {
        CompleteResult result = DriverFields.driverResult(live);
        if (result == null) {
            return new Capture.Refused("the result is streamed, or not the MariaDB driver's own");
        }
        byte @Nullable [][] columns = driver.columns(result);
        byte @Nullable [][] rows = driver.rows(result);
        if (columns == null || rows == null) {
            return new Capture.Refused("the result's columns are of a class that is not known");
        }
        byte[] bytes = ResultCodec.encode(driver.isBinary(result), columns, rows, driver.rowCount(result), limits);
        return bytes == null
                ? new Capture.Refused(
                        "the result is larger than " + limits.rows() + " rows or " + limits.bytes() + " bytes")
                : new Capture.Captured(bytes);
    }

    @Override
    public @Nullable Replay replay(byte[] rows, Object decoding, ResultSettings settings) throws SQLException {
        ResultCodec.Captured captured = ResultCodec.decode(rows);
        if (captured == null) {
            return null;
        }
        Detached from = detached((Decoding) decoding);
        Statement statement = settings.statement(from.connection());
        ResultSet result = from.resultSet(captured, (org.mariadb.jdbc.Statement) statement, settings.maxRows(), false);
        return result == null ? null : new MariaDbReplay(result);
    }

    @Override
    public @Nullable CachedRows cachedRows(byte[] rows) {
        return MariaDbRows.of(rows);
    }

    private Detached detached(Decoding decoding) throws SQLException {
        Decoding shared = decoding.shared();
        Detached known = detached.get(shared);
        if (known == null) {
            known = Detached.of(shared);
            if (detached.size() < DETACHED) {
                detached.put(shared, known);
            }
        }
        return known;
    }

    @Override
    public Connection offline(Object decoding) throws SQLException {
        return detached((Decoding) decoding).connection();
    }

    @Override
    public Object session(Connection connection) throws SQLException {
        return unwrap(connection);
    }

    @Override
    public SessionState probe(Connection connection) throws SQLException {
        return SessionProbe.probe(unwrap(connection));
    }

    @Override
    public boolean seemsUnchanged(Connection connection, SessionState state) throws SQLException {
        return SessionProbe.seemsUnchanged(unwrap(connection), state);
    }

    @Override
    public boolean isInTransaction(Connection connection) throws SQLException {
        return (unwrap(connection).getContext().getServerStatus() & SERVER_STATUS_IN_TRANS) != 0;
    }

    @Override
    public boolean isTransactionFailed(Connection connection) {
        return false;
    }

    @Override
    public boolean beginCommits() {
        return true;
    }

    @Override
    public boolean probesIsolationOfTransaction() {
        return false;
    }

    @Override
    public boolean takesSnapshotAtFirstRead() {
        return true;
    }

    @Override
    public boolean errorFailsTransaction() {
        return false;
    }

    @Override
    public boolean saysNotCommitted(SQLException error) {
        return error.getErrorCode() == DEADLOCK;
    }

    @Override
    public boolean makesKeysAnew() {
        return true;
    }

    @Override
    public String format() {
        return "mariadb/" + ResultCodec.VERSION;
    }
}
