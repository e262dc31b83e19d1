package dev.staleless.jdbc.result.h2;

import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcStatement;
import org.jspecify.annotations.Nullable;

/** Replays a captured result by the driver's own result set. */
record H2Replay(
        CapturedResult result,
        ResultSettings settings,
        boolean remote,
        DetachedConnection detachedFrom,
        ResultSet detached)
        implements Replay {

    static H2Replay of(CapturedResult result, ResultSettings settings, boolean remote, DetachedConnection connection)
            throws SQLException {
        connection.setHoldability(settings.holdability());
        return new H2Replay(result, settings, remote, connection, resultSet(result, settings, remote, connection));
    }

    private static ResultSet resultSet(
            CapturedResult result, ResultSettings settings, boolean remote, JdbcConnection connection)
            throws SQLException {
        JdbcStatement statement = settings.statement(connection).unwrap(JdbcStatement.class);
        return DetachedConnection.resultSet(
                connection, statement, new ReplayedRows(result, remote, settings.fetchSize()));
    }

    @Override
    public boolean wantsDatabase() {
        return detachedFrom.wantedDatabase();
    }

    @Override
    public @Nullable ResultSet attached(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class)
                ? resultSet(result, settings, remote, connection.unwrap(JdbcConnection.class))
                : null;
    }

    @Override
    public void learn(ResultSet attached) {}
}
