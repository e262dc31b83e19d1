package dev.staleless.jdbc.result;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends the connection of the statement that returned a result, taking one from the pool if there is none yet. */
@FunctionalInterface
public interface Home {
    /** Never null; throws what the pool throws. */
    Connection borrow() throws SQLException;
}
