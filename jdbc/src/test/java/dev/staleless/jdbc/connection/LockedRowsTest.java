package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.policy.Images;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Rows locked on PostgreSQL. */
class LockedRowsTest extends LockedRowsContract {
    private static EventRecorder recorder;
    private static CachedDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        recorder = new EventRecorder();
        database = CachedDatabase.over(recorder, TABLE);
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Override
    EventRecorder recorder() {
        return recorder;
    }

    @Override
    Connection watched() throws SQLException {
        return database.caching(database.pool, Images.ALWAYS).getConnection();
    }

    @Override
    Connection direct() throws SQLException {
        return database.pool.getConnection();
    }
}
