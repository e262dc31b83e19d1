package dev.staleless.jdbc.connection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something that is sent to the database. */
@FunctionalInterface
interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
}
