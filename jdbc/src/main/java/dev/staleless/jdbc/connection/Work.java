package dev.staleless.jdbc.connection;

import java.sql.SQLException;

/** Something that is sent to the database. */
@FunctionalInterface
interface Work<T> {
    T run() throws SQLException;
}
