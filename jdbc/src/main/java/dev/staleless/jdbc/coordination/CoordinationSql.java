package dev.staleless.jdbc.coordination;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the coordination tables in one SQL dialect. Parameters are named in the order of their {@code ?}. A
 * <em>live incarnation</em> is what the database shows of itself now, as text whose first part names the cluster and the
 * database, and whose last part is {@link #UNMARKED} where the mark that a crash removes has not been written again.
 */
interface CoordinationSql {

    /** Last part of a live incarnation without a mark. It is never recorded. */
    String UNMARKED = "-";

    /** Statements that create the schema and the tables, where they are missing. */
    List<String> createStatements();

    /** Statements that let the role use the tables. */
    List<String> grantStatements(String role);

    /** Yields the names of the tables that are there, of those that should be; needs no privilege. */
    String existing();

    /** How many tables there should be. */
    int tableCount();

    /** Yields a line for each privilege that the current role lacks. */
    String missingPrivileges();

    /** Whether the current role may see what names the cluster: one boolean. */
    String mayIdentify();

    /** Yields the current role's name. */
    String currentRole();

    /** Sets the session up: statement and lock time-outs in milliseconds. */
    List<String> sessionSettings(long timeoutMillis);

    /** Undoes {@link #sessionSettings}. */
    List<String> sessionResets();

    /** Yields one row: in recovery, read only (booleans), isolation (text). */
    String verify();

    /** Yields what tells this session from every other one: text. */
    String session();

    /** Yields whether a session has surely ended. Process id, time of its start. */
    String sessionEnded();

    /** Serialises creating, first recording and recording of an incarnation until the end of the transaction. */
    String lock();

    /** Whether two that create the tables at once may make one fail, in spite of {@link #lockForCreating}. */
    default boolean mayCollideInCreating() {
        return false;
    }

    /** As {@link #lock}, before the tables are there. */
    default String lockForCreating() {
        return lock();
    }

    /** Whether an error says that the role may not create the tables. */
    default boolean saysNoPrivilege(SQLException error) {
        return "42501".equals(error.getSQLState());
    }

    /** Yields the recorded incarnation. Namespace. */
    String recordedIncarnation();

    /** Yields the live incarnation. */
    String live();

    /** Writes the mark if there is none. Id. */
    String mark();

    /** Creates the namespace's row, if missing. Namespace, database id, epoch, directory. */
    String createState();

    /** Locks the namespace's row. Namespace. */
    String lockState();

    /** Yields the nodes beside which a node may not be registered. Namespace, whether it must be alone. */
    String rivals();

    /** Node id, alone, namespace. */
    String register();

    /** Namespace, node id. */
    String unregister();

    /** Namespace, node id. */
    String beat();

    /** Namespace. */
    String read();

    /** Namespace. */
    String nodes();

    /** Stopped, seen, namespace, node id. */
    String acknowledge();

    /** Version, namespace. Yields a number no namespace has nodes of if the recorded incarnation is not the live one. */
    String behindStopped();

    /** Version, namespace. */
    String behindSeen();

    /** Epoch or null, directory or null, namespace, incarnation, expected version or null. Yields the new version. */
    String raise();

    /** Yields the version after {@link #raise} where that is an update that cannot tell it; null where it is a query. */
    default @Nullable String raised() {
        return null;
    }

    /** Raises the schema version. Namespace. */
    String raiseSchema();

    /** Inserts an open barrier of the state's version. Barrier id, node id, kind, session or null, namespace. */
    String insertBarrier();

    /** Barrier id, node id, kind (smallint), version, session or null of each open barrier. Namespace. */
    String openBarriers();

    /**
     * Locks a barrier's row against its being closed, until the end of the transaction, and yields a row if it is open. For
     * transactions of the application too: names the table wherever the search path leads. Barrier id.
     */
    String lockBarrier();

    /**
     * Takes an advisory lock, shared with others, until the end of the transaction; null where there is none. A number that the
     * barrier's id tells.
     */
    default @Nullable String lockShared() {
        return null;
    }

    /** As {@link #lockShared}, with nobody else. */
    default @Nullable String lockAlone() {
        return null;
    }

    /** Yields a row if a barrier is open. Barrier id. */
    String isOpen();

    /** Marks a barrier as closed if it is open, waiting for every lock of {@link #lockBarrier}. Barrier id. */
    String closeBarrier();

    /** Statements that make locks be waited for only shortly (about 200 ms), in the transaction that closes a barrier. */
    List<String> shortLockWait();

    /** Statements that undo {@link #shortLockWait} in the same transaction, if its end does not. */
    default List<String> shortLockWaitResets() {
        return List.of();
    }

    /** Yields the nodes of every namespace. */
    String allNodes();

    /** Statements that remove the tables, that of the nodes first. */
    List<String> dropStatements();

    /** Namespace, node id, beat. */
    String deleteGone();

    /** Epoch, database id to take if it is another database, namespace, recorded incarnation. */
    String recordIncarnation();
}
