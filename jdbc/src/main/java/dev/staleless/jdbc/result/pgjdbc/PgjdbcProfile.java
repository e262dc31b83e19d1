package dev.staleless.jdbc.result.pgjdbc;

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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgResultSet;

/** The PostgreSQL JDBC driver, and PostgreSQL. */
public final class PgjdbcProfile implements DriverProfile {
    /** Sets of decoding settings that are kept; there is one for all connections of a pool. */
    private static final int DECODERS = 64;

    /** The first version whose RETURNING knows old values. */
    private static final int OLD_VALUES = 180_000;

    /** Looks names up in the catalog, since a name in a schema that may not be used is an error elsewhere. */
    private static final String MAY_READ = "SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE (n.nspname, c.relname) IN (%s)"
            + " AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')";

    private final DriverFields driver;
    private final Map<DecodingSettings, Decoder> decoders = new ConcurrentHashMap<>();

    /** The decoder that was asked for last. */
    private volatile @Nullable Known last;

    private record Known(DecodingSettings settings, Decoder decoder) {}

    private PgjdbcProfile(DriverFields driver) {
        this.driver = driver;
    }

    /**
     * The profile of the driver on the class path.
     *
     * @throws ReflectiveOperationException if it is a version whose results cannot be captured
     */
    public static DriverProfile create() throws ReflectiveOperationException {
        return new PgjdbcProfile(DriverFields.find());
    }

    @Override
    public boolean drives(Connection connection) throws SQLException {
        return connection.isWrapperFor(PgConnection.class);
    }

    @Override
    public Capture capture(ResultSet live, Limits limits, boolean mayAsk) throws SQLException {
        PgResultSet result = DriverFields.driverResult(live);
        if (result == null) {
            return new Capture.Refused("the result is not the PostgreSQL driver's own");
        }
        List<Tuple> rows = driver.wholeResult(result);
        if (rows == null) {
            return new Capture.Refused("the server keeps a cursor: the result is streamed");
        }
        Field[] fields = driver.fields(result);
        for (Field field : fields) {
            if (field.getOID() == Oid.REF_CURSOR) {
                return new Capture.Refused("a column is a cursor");
            }
        }
        byte[] bytes = ResultCodec.encode(fields, rows, limits);
        if (bytes == null) {
            return new Capture.Refused(
                    "the result is larger than " + limits.rows() + " rows or " + limits.bytes() + " bytes");
        }
        if (mayAsk) {
            PgConnection connection = live.getStatement().getConnection().unwrap(PgConnection.class);
            Decoder decoder = decoder(DecodingSettings.of(connection));
            if (decoder != null) {
                decoder.learn(connection, fields);
            }
        }
        return new Capture.Captured(bytes);
    }

    @Override
    public @Nullable Replay replay(byte[] rows, Object decoding, ResultSettings settings) throws SQLException {
        CapturedResult result = ResultCodec.decode(rows);
        Decoder decoder = result == null ? null : decoder(((SessionProbe.Reported) decoding).settings());
        return decoder == null || result == null ? null : PgjdbcReplay.of(decoder, result, settings);
    }

    @Override
    public @Nullable CachedRows cachedRows(byte[] rows) {
        return PgjdbcRows.of(rows);
    }

    /** Settings are compared by their values only where they are not the very ones of the last time. */
    @SuppressWarnings("ReferenceEquality")
    private @Nullable Decoder decoder(DecodingSettings settings) {
        Known known = last;
        if (known != null && known.settings() == settings) {
            return known.decoder();
        }
        Decoder decoder = made(settings);
        last = decoder == null ? null : new Known(settings, decoder);
        return decoder;
    }

    private @Nullable Decoder made(DecodingSettings settings) {
        Decoder decoder = decoders.get(settings);
        if (decoder == null && decoders.size() < DECODERS) {
            decoder = decoders.computeIfAbsent(settings, Decoder::new);
        }
        return decoder;
    }

    @Override
    public Connection offline(Object decoding) throws SQLException {
        Decoder decoder = decoder(((SessionProbe.Reported) decoding).settings());
        PgConnection connection = decoder == null ? null : decoder.detached().connection();
        if (connection == null) {
            throw new SQLException("There is no connection without database for these settings", "08003");
        }
        return connection;
    }

    @Override
    public Object session(Connection connection) throws SQLException {
        return connection.unwrap(PgConnection.class);
    }

    @Override
    public SessionState probe(Connection connection) throws SQLException {
        return SessionProbe.probe(connection.unwrap(PgConnection.class));
    }

    @Override
    public boolean seemsUnchanged(Connection connection, SessionState state) throws SQLException {
        return SessionProbe.seemsUnchanged(connection.unwrap(PgConnection.class), state);
    }

    @Override
    public boolean isInTransaction(Connection connection) throws SQLException {
        return connection.unwrap(PgConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    @Override
    public boolean isTransactionFailed(Connection connection) throws SQLException {
        return connection.unwrap(PgConnection.class).getTransactionState() == TransactionState.FAILED;
    }

    @Override
    public boolean errorFailsTransaction() {
        return true;
    }

    @Override
    public boolean saysNotCommitted(SQLException error) {
        return CommitErrors.sayNotCommitted(error);
    }

    @Override
    public boolean hasArrays() {
        return true;
    }

    @Override
    public <T> @Nullable T watched(Class<T> type, T connection, Watch watch) {
        return WatchedConnection.of(type, connection, watch);
    }

    @Override
    public RowImages.Returning returning(Connection connection) throws SQLException {
        return connection.unwrap(PgConnection.class).haveMinimumServerVersion(OLD_VALUES)
                ? RowImages.Returning.BOTH
                : RowImages.Returning.ONE;
    }

    /** The driver loses the first result where it asks for the types before it sends the text. */
    @Override
    public boolean returnsSeveralResults(Connection connection) throws SQLException {
        return !connection.unwrap(PgConnection.class).getForceBinary();
    }

    @Override
    public boolean mayRead(Connection connection, Set<TableName> tables) throws SQLException {
        PgConnection driver = connection.unwrap(PgConnection.class);
        List<String> pairs = Collections.nCopies(tables.size(), "(?, ?)");
        try (PreparedStatement statement = driver.prepareStatement(String.format(MAY_READ, String.join(", ", pairs)))) {
            // A setting of the connection, not of this statement.
            statement.setQueryTimeout(0);
            int index = 1;
            for (TableName table : tables) {
                statement.setString(index++, table.schema());
                statement.setString(index++, table.name());
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getInt(1) == tables.size();
            }
        }
    }

    @Override
    public SQLException ofStatement(SQLException error, RowImages images) {
        return StatementErrors.of(error, images);
    }

    @Override
    public String format() {
        return "pgjdbc/" + ResultCodec.VERSION;
    }
}
