package dev.staleless.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Locks barriers in transactions of the application. Safe for any thread. */
@FunctionalInterface
public interface BarrierLocks {

    /** Where no barrier is ever waited for: the store is in the process. */
    BarrierLocks NONE = (connection, barrier) -> false;

    /**
     * Takes a share lock on a barrier until the end of the transaction.
     *
     * @return false if it is closed, or newer than the transaction's snapshot
     */
    boolean lock(Connection connection, UUID barrier) throws SQLException;
}
