package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.jdbc.PgConnection;

/** Replays a captured result by the driver's own result set, without a server or upon a connection. */
final class PgjdbcReplay implements Replay {
    private final Decoder decoder;
    private final CapturedResult result;
    private final ResultSettings settings;
    private final DetachedConnection detachedFrom;
    private final ResultSet detached;
    private Field @Nullable [] attachedFields;

    private PgjdbcReplay(
            Decoder decoder,
            CapturedResult result,
            ResultSettings settings,
            DetachedConnection detachedFrom,
            ResultSet detached) {
        this.decoder = decoder;
        this.result = result;
        this.settings = settings;
        this.detachedFrom = detachedFrom;
        this.detached = detached;
    }

    static PgjdbcReplay of(Decoder decoder, CapturedResult result, ResultSettings settings) throws SQLException {
        DetachedConnection connection = decoder.detached();
        PgConnection driver = connection.connection();
        if (driver == null) {
            // Another thread's replay wanted a database in between.
            return of(decoder, result, settings);
        }
        Field[] fields = result.fields();
        decoder.describe(fields);
        ResultSet detached = Decoder.resultSet(driver, settings, fields, result.tuples());
        return new PgjdbcReplay(decoder, result, settings, connection, detached);
    }

    @Override
    public ResultSet detached() {
        return detached;
    }

    @Override
    public boolean wantsDatabase() {
        return detachedFrom.wantedDatabase();
    }

    @Override
    public @Nullable ResultSet attached(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PgConnection.class)) {
            return null;
        }
        Field[] fields = result.fields();
        attachedFields = fields;
        return Decoder.resultSet(connection.unwrap(PgConnection.class), settings, fields, result.tuples());
    }

    @Override
    public void learn(ResultSet attached) throws SQLException {
        Field[] fields = attachedFields;
        if (fields != null
                && attached.getStatement().getConnection().unwrap(Connection.class) instanceof PgConnection from) {
            decoder.learn(from, fields);
        }
    }
}
