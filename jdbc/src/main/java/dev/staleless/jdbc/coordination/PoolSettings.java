package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.jdbc.hikari.HikariServiceConnections;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Service connections from the settings of those pools that tell them. */
final class PoolSettings {

    private PoolSettings() {}

    /** Null if the pool is of none of these kinds, or none of them is on the class path. */
    static @Nullable ServiceConnections connections(DataSource pool) {
        if (!present("com.zaxxer.hikari.HikariDataSource")) {
            return null;
        }
        try {
            return HikariServiceConnections.from(pool);
        } catch (SQLException e) {
            throw new CoordinationException("The data source could not be asked for its pool: " + e.getMessage(), e);
        }
    }

    /** How many connections the pool has at most; empty if it is of none of these kinds. */
    static OptionalInt size(DataSource pool) {
        if (!present("com.zaxxer.hikari.HikariDataSource")) {
            return OptionalInt.empty();
        }
        try {
            return HikariServiceConnections.size(pool);
        } catch (SQLException e) {
            return OptionalInt.empty();
        }
    }

    private static boolean present(String className) {
        try {
            Class.forName(className, false, PoolSettings.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
