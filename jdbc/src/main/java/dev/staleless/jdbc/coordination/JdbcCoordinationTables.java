package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.DirectoryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The coordination tables reached through two service connections: one for the watch (register, beat, read, acknowledge,
 * the nodes' rows), one for what may wait for a lock (raise, in force, another incarnation).
 *
 * <p>The database that was found when the tables were opened is the only one it speaks for: if another one answers later
 * (a copy put in its place), every reading fails, and with it the node's watch, until the node is started again.
 */
public final class JdbcCoordinationTables implements CoordinationTables {

    private final CoordinationSettings settings;
    private final CoordinationSql sql;
    private final ServiceConnections source;
    private final ServiceConnection watch;
    private final ServiceConnection change;
    private final UUID database;

    private JdbcCoordinationTables(
            CoordinationSettings settings,
            CoordinationSql sql,
            ServiceConnections source,
            ServiceConnection watch,
            UUID database) {
        this.settings = settings;
        this.sql = sql;
        this.source = source;
        this.watch = watch;
        this.change = new ServiceConnection(source, sql, timeoutMillis(settings));
        this.database = database;
    }

    /**
     * Opens the tables, creating them and the namespace's row where missing and allowed. Closes {@code source} when it is
     * closed or fails.
     *
     * @throws CoordinationException if the database cannot be reached, or the tables are missing or may not be used; the
     *     message then holds the SQL to run
     */
    public static JdbcCoordinationTables open(ServiceConnections source, CoordinationSettings settings) {
        CoordinationSql first = settings.dialect().sql(settings.schema(), false);
        ServiceConnection watch = new ServiceConnection(source, first, timeoutMillis(settings));
        try {
            boolean identified = new CoordinationOpening(watch, first, settings).open();
            CoordinationSql sql = settings.dialect().sql(settings.schema(), identified);
            UUID database = watch.transaction("the first recording of the state", c -> ensureState(c, sql, settings));
            return new JdbcCoordinationTables(settings, sql, source, watch, database);
        } catch (RuntimeException e) {
            watch.close();
            source.close();
            throw e;
        }
    }

    /** Whether the tables are there. Leaves {@code source} open. */
    public static boolean exist(ServiceConnections source, CoordinationSettings settings) {
        CoordinationSql sql = settings.dialect().sql(settings.schema(), false);
        try (ServiceConnection connection = new ServiceConnection(source, sql, timeoutMillis(settings))) {
            return connection.call("looking for the tables", new CoordinationSchema(sql)::exists);
        }
    }

    private static int timeoutMillis(CoordinationSettings settings) {
        return Math.toIntExact(settings.timeout().toMillis());
    }

    /**
     * Writes the namespace's row if there is none, and before it the mark that its incarnation contains. The row of a copied
     * database takes another id here, before anything is named after it.
     */
    private static UUID ensureState(Connection connection, CoordinationSql sql, CoordinationSettings settings)
            throws SQLException {
        String namespace = settings.namespace();
        execute(connection, sql.lock());
        Object recorded = first(connection, sql.recordedIncarnation(), namespace);
        if (recorded == null) {
            update(connection, sql.mark(), UUID.randomUUID());
            String directory = DirectoryCodec.encode(Directory.EMPTY);
            update(connection, sql.createState(), namespace, UUID.randomUUID(), UUID.randomUUID(), directory);
        }
        State state = state(connection, sql, namespace);
        if (!cluster(state.recordedIncarnation()).equals(cluster(state.liveIncarnation()))) {
            update(connection, sql.mark(), UUID.randomUUID());
            update(
                    connection,
                    sql.recordIncarnation(),
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    namespace,
                    state.recordedIncarnation());
            state = state(connection, sql, namespace);
        }
        return state.database();
    }

    /** The parts of an incarnation that name the database and its cluster. */
    private static List<String> cluster(String incarnation) {
        return List.of(incarnation.split("/", -1)).subList(0, 2);
    }

    /** The random id of the database, which is part of the name of everything kept in a store. */
    public UUID database() {
        return database;
    }

    @Override
    public void register(UUID node) {
        watch.transaction("registering", c -> {
            // The lock of the state's row keeps two nodes apart that both find nobody beside them.
            first(c, sql.lockState(), settings.namespace());
            Object rival = first(c, sql.rivals(), settings.namespace(), settings.alone());
            if (rival != null) {
                throw new CoordinationException(
                        settings.alone()
                                ? "A store in the process cannot be used while another node of namespace '"
                                        + settings.namespace() + "' is registered (" + rival
                                        + "): it would not hear of that node's writes"
                                : "Node " + rival + " of namespace '" + settings.namespace()
                                        + "' keeps its results in its own process and would not hear of this node's writes");
            }
            expectOne("registering", update(c, sql.register(), node, settings.alone(), settings.namespace()));
            return node;
        });
    }

    private static void expectOne(String what, int rows) {
        if (rows != 1) {
            throw new CoordinationException("Coordination tables: " + what + " failed: the namespace's row is missing");
        }
    }

    /** The nodes beside which this one may not be registered; some of them may be gone. */
    public List<NodeRow> rivals() {
        return watch.call("reading the nodes", c -> nodes(c, sql.rivals(), settings.namespace(), settings.alone()));
    }

    @Override
    public void unregister(UUID node) {
        watch.call("unregistering", c -> update(c, sql.unregister(), settings.namespace(), node));
    }

    @Override
    public boolean beat(UUID node) {
        return watch.call("a beat", c -> update(c, sql.beat(), settings.namespace(), node)) == 1;
    }

    @Override
    public State read() {
        State state = watch.call("reading the state", c -> state(c, sql, settings.namespace()));
        if (!state.database().equals(database)) {
            throw new CoordinationException("Another database (" + state.database() + ") answers in the place of "
                    + database + ": start this node again");
        }
        return state;
    }

    private static State state(Connection connection, CoordinationSql sql, String namespace) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql.read(), namespace);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("there is no row of namespace '" + namespace + "'");
            }
            if (row.getBoolean(10)) {
                throw new SQLException("the database is a standby or read-only now", "25006");
            }
            int barrier = row.getInt(8);
            BarrierKind kind = row.wasNull() ? null : barrierKind(barrier);
            return new State(
                    row.getObject(1, UUID.class),
                    row.getLong(2),
                    row.getObject(3, UUID.class),
                    row.getLong(4),
                    row.getString(5),
                    row.getLong(6),
                    row.getString(7),
                    kind,
                    row.getString(9));
        }
    }

    private static BarrierKind barrierKind(int number) throws SQLException {
        return switch (number) {
            case 1 -> BarrierKind.CUT_OFF;
            case 2 -> BarrierKind.DDL;
            default -> throw new SQLException("a barrier of unknown kind " + number + " is open");
        };
    }

    @Override
    public List<NodeRow> nodes() {
        return watch.call("reading the nodes", c -> nodes(c, sql.nodes(), settings.namespace()));
    }

    static List<NodeRow> nodes(Connection connection, String query, Object... parameters) throws SQLException {
        List<NodeRow> nodes = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, query, parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                nodes.add(new NodeRow(row.getObject(1, UUID.class), row.getLong(2), row.getLong(3), row.getLong(4)));
            }
        }
        return nodes;
    }

    @Override
    public void acknowledge(UUID node, long stopped, long seen) {
        watch.call("acknowledging", c -> update(c, sql.acknowledge(), stopped, seen, settings.namespace(), node));
    }

    @Override
    public int behind(Stage stage, long version) {
        String query = stage == Stage.STOPPED ? sql.behindStopped() : sql.behindSeen();
        return change.call("counting nodes that are behind", c -> {
            Number count = (Number) first(c, query, version, settings.namespace());
            if (count == null) {
                throw new SQLException("there is no row of namespace '" + settings.namespace() + "'");
            }
            return count.intValue();
        });
    }

    @Override
    public @Nullable Long raise(
            String incarnation, @Nullable Long expectedVersion, @Nullable UUID epoch, @Nullable String directory) {
        return change.<@Nullable Long>call(
                "raising the version", c -> raise(c, incarnation, expectedVersion, epoch, directory));
    }

    private @Nullable Long raise(
            Connection connection,
            String incarnation,
            @Nullable Long expectedVersion,
            @Nullable UUID epoch,
            @Nullable String directory)
            throws SQLException {
        Object[] parameters = {epoch, directory, settings.namespace(), incarnation, expectedVersion};
        String raised = sql.raised();
        if (raised == null) {
            return (Long) first(connection, sql.raise(), parameters);
        }
        return update(connection, sql.raise(), parameters) == 0 ? null : (Long) first(connection, raised);
    }

    @Override
    public @Nullable Long openBarrier(
            UUID barrier,
            UUID node,
            BarrierKind kind,
            String incarnation,
            @Nullable String session,
            @Nullable UUID beside) {
        return change.<@Nullable Long>transaction("opening a barrier", c -> {
            // the lock on a barrier comes before the one on the state, as when it is closed
            if (beside != null && first(c, sql.lockBarrier(), beside) == null) {
                return null;
            }
            Long version = raise(c, incarnation, null, null, null);
            if (version == null) {
                return null;
            }
            raiseSchema(c, kind);
            int rows = update(c, sql.insertBarrier(), barrier, node, number(kind), session, settings.namespace());
            expectOne("opening a barrier", rows);
            return version;
        });
    }

    private void raiseSchema(Connection connection, BarrierKind kind) throws SQLException {
        if (kind == BarrierKind.DDL) {
            expectOne("raising the schema version", update(connection, sql.raiseSchema(), settings.namespace()));
        }
    }

    @Override
    public List<BarrierRow> openBarriers() {
        return watch.call("reading the barriers", c -> {
            List<BarrierRow> barriers = new ArrayList<>();
            try (PreparedStatement statement = prepare(c, sql.openBarriers(), settings.namespace());
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    barriers.add(new BarrierRow(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            barrierKind(row.getInt(3)),
                            row.getLong(4),
                            row.getString(5)));
                }
            }
            return barriers;
        });
    }

    @Override
    public boolean closeBarrier(UUID barrier, BarrierKind kind, String incarnation, UUID epoch) {
        return change.transaction("closing a barrier", c -> {
            for (String setting : sql.shortLockWait()) {
                execute(c, setting);
            }
            String alone = sql.lockAlone();
            if (alone != null) {
                first(c, alone, advisory(barrier));
            }
            boolean closed = update(c, sql.closeBarrier(), barrier) == 0;
            if (!closed) {
                closed = raise(c, incarnation, null, epoch, null) != null;
                raiseSchema(c, kind);
            }
            if (!closed) {
                c.rollback();
            }
            for (String reset : sql.shortLockWaitResets()) {
                execute(c, reset);
            }
            return closed;
        });
    }

    /**
     * Locks a barrier against its being closed, until the end of the transaction that a connection of the application is in.
     *
     * <p>Whoever closes one has both locks alone, the advisory one first. So it does not matter which of them others take. Where it
     * is the advisory lock, the row is looked at after that, by a connection whose snapshot is newer: if it is open then, it
     * stays so until the application's transaction has ended.
     *
     * @return false if it is closed, or newer than the transaction's snapshot
     */
    public boolean lockBarrier(Connection application, UUID barrier) throws SQLException {
        String shared = settings.advisoryLocks() ? sql.lockShared() : null;
        if (shared == null) {
            return first(application, sql.lockBarrier(), barrier) != null;
        }
        first(application, shared, advisory(barrier));
        try {
            return watch.call("looking at a barrier", c -> first(c, sql.isOpen(), barrier)) != null;
        } catch (CoordinationException e) {
            throw new SQLException("It could not be found out whether a barrier is open", "08006", e);
        }
    }

    /** Advisory locks are numbers: those of two barriers that have the same only wait for each other. */
    private static long advisory(UUID barrier) {
        return barrier.getMostSignificantBits() ^ barrier.getLeastSignificantBits();
    }

    private static int number(BarrierKind kind) {
        return switch (kind) {
            case CUT_OFF -> 1;
            case DDL -> 2;
        };
    }

    @Override
    public boolean deleteGone(UUID node, long beat) {
        return watch.call("removing a gone node", c -> update(c, sql.deleteGone(), settings.namespace(), node, beat))
                == 1;
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is recorded always holds the mark: after a crash {@code live} has none, so the mark is written first, in the
     * same transaction, and the incarnation recorded is the one that shows it. Recording the absence itself would make the
     * next crash look like this one.
     */
    @Override
    public boolean recordIncarnation(String recorded, String live, UUID epoch) {
        return change.transaction("recording another incarnation", c -> {
            execute(c, sql.lock());
            if (!live.equals(first(c, sql.live()))) {
                return false;
            }
            if (live.endsWith("/" + CoordinationSql.UNMARKED)) {
                update(c, sql.mark(), UUID.randomUUID());
            }
            return update(c, sql.recordIncarnation(), epoch, UUID.randomUUID(), settings.namespace(), recorded) == 1;
        });
    }

    @Override
    public boolean sessionEnded(String session) {
        return DatabaseSessions.ended(change, sql, session);
    }

    @Override
    public void close() {
        watch.close();
        change.close();
        source.close();
    }

    /** Whether an answer is true; not every database has a type for that. */
    static boolean isTrue(@Nullable Object answer) {
        return Boolean.TRUE.equals(answer) || answer instanceof Number number && number.intValue() != 0;
    }

    static void execute(Connection connection, String statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        }
    }

    static int update(Connection connection, String statement, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement prepared = prepare(connection, statement, parameters)) {
            return prepared.executeUpdate();
        }
    }

    /** The first column of the first row, or null if there is none. */
    static @Nullable Object first(Connection connection, String query, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement prepared = prepare(connection, query, parameters);
                ResultSet row = prepared.executeQuery()) {
            return row.next() ? row.getObject(1) : null;
        }
    }

    private static PreparedStatement prepare(Connection connection, String statement, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        try {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            return prepared;
        } catch (SQLException e) {
            prepared.close();
            throw e;
        }
    }
}
