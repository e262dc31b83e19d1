package dev.staleless.jdbc.result.mariadb;

import dev.staleless.jdbc.driver.Replay;
import java.sql.Connection;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/** Replays a captured result by the driver's own result set. All that it is ever asked for is in the packets. */
record MariaDbReplay(ResultSet detached) implements Replay {
    @Override
    public boolean wantsDatabase() {
        return false;
    }

    @Override
    public boolean holdsLargeObjects() {
        return true;
    }

    @Override
    public @Nullable ResultSet attached(Connection connection) {
        return null;
    }

    @Override
    public void learn(ResultSet attached) {}
}
