package dev.staleless.jdbc.computed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Random values of random queries, with random writes at any point between their queries. Every value that is served is compared
 * with what the database itself makes of it at that moment, when nothing else goes on.
 */
final class Interleaving implements AutoCloseable {

    static final String DDL = "CREATE TABLE a (id int PRIMARY KEY, grp int NOT NULL, val int NOT NULL);"
            + " CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL, val int NOT NULL); CREATE INDEX ON b (a_id);"
            + " INSERT INTO a SELECT i, i % 3, i % 4 FROM generate_series(1, 8) i;"
            + " INSERT INTO b SELECT i, 1 + i % 8, i % 5 FROM generate_series(1, 16) i";

    private static final ComputedSettings SETTINGS = ComputedSettings.of(Duration.ofHours(1));

    private final ValuesDatabase database;
    private final PlantedFault fault;
    private final Random random;
    private final List<ComputedValues> nodes;
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final ExecutorService elsewhere = Executors.newCachedThreadPool();
    private final List<String> stale = new ArrayList<>();
    private @Nullable Connection pending;
    private int served;
    private boolean interrupted;

    Interleaving(ValuesDatabase database, PlantedFault fault, long seed) {
        this.database = database;
        this.fault = fault;
        this.random = new Random(seed);
        this.nodes = List.of(database.node(), database.node());
    }

    /** Runs until something stale was served, or all steps are done. */
    List<String> run(int steps) throws Exception {
        for (int i = 0; i < steps && stale.isEmpty(); i++) {
            if (random.nextInt(3) == 0) {
                change();
            } else {
                int kind = random.nextInt(5);
                int parameter = 1 + random.nextInt(3);
                interrupted = random.nextInt(3) == 0;
                ask(i, kind, parameter);
                // what was kept although something came between is told at once
                interrupted = false;
                ask(i, kind, parameter);
            }
        }
        return stale;
    }

    /** Number of values that were served, and compared. */
    int served() {
        return served;
    }

    // ---- writes, by another thread

    private void change() throws Exception {
        int kind = random.nextInt(10);
        int id = 1 + random.nextInt(8);
        int value = random.nextInt(5);
        writer.submit(() -> {
                    change(kind, id, value);
                    return null;
                })
                .get();
    }

    private void change(int kind, int id, int value) throws SQLException {
        Connection open = pending;
        if (kind == 0 && open == null) {
            open = database.dataSource.getConnection();
            open.setAutoCommit(false);
            pending = open;
        } else if (kind <= 2 && open != null) {
            if (kind == 1) {
                open.commit();
            } else {
                open.rollback();
            }
            open.close();
            pending = null;
            return;
        }
        if (open != null) {
            write(open, kind, id, value);
        } else {
            try (Connection connection = database.dataSource.getConnection()) {
                write(connection, kind, id, value);
            }
        }
    }

    private static void write(Connection connection, int kind, int id, int value) throws SQLException {
        String sql = switch (kind) {
            case 3 -> "UPDATE a SET val = " + value + " WHERE id = " + id;
            case 4, 5 -> "UPDATE a SET grp = " + value % 3 + " WHERE id = " + id;
            case 6 -> "UPDATE b SET a_id = " + id + " WHERE id = " + (value + 1);
            case 7 -> "DELETE FROM b WHERE id = " + (id + 8);
            case 8 ->
                "INSERT INTO b VALUES (" + (id + 8) + ", " + id + ", " + value
                        + ") ON CONFLICT (id) DO UPDATE SET val = " + value;
            default -> "UPDATE b SET val = val + 1 WHERE a_id = " + id;
        };
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    // ---- values

    private void ask(int step, int kind, int parameter) throws Exception {
        boolean[] ran = new boolean[1];
        ComputedValues node = nodes.get(random.nextInt(nodes.size()));
        String value = computed(node, kind, parameter, ran);
        if (!ran[0]) {
            served++;
            interrupted = false;
            String now = plain(kind, parameter);
            if (!now.equals(value)) {
                stale.add("step " + step + ": of " + kind + "(" + parameter + ") " + value + " was served, which is "
                        + now);
            }
        }
    }

    private String computed(ComputedValues node, int kind, int parameter, boolean[] ran) throws Exception {
        return node.computed(ComputedKey.of("value", kind, parameter), SETTINGS, ValueFormat.text(), () -> {
            ran[0] = true;
            return value(
                    database.dataSource::getConnection, (other, its) -> within(node, other, its, ran), kind, parameter);
        });
    }

    /** A value within another one. */
    private String within(ComputedValues node, int kind, int parameter, boolean[] ran) throws Exception {
        Callable<String> call = () -> computed(node, kind, parameter, ran);
        if (fault == PlantedFault.NESTED_FORGOTTEN) {
            return elsewhere.submit(call).get();
        }
        return random.nextInt(4) == 0 ? elsewhere.submit(node.handOver(call)).get() : call.call();
    }

    private String plain(int kind, int parameter) throws Exception {
        return value(database::direct, this::plain, kind, parameter);
    }

    private interface Connections {
        Connection open() throws SQLException;
    }

    private interface Nested {
        String value(int kind, int parameter) throws Exception;
    }

    private String value(Connections connections, Nested nested, int kind, int parameter) throws Exception {
        return switch (kind) {
            case 0 -> query(connections, "SELECT val, grp FROM a WHERE id = " + parameter);
            case 1 ->
                query(connections, "SELECT id, val FROM a WHERE grp = " + parameter % 3 + " ORDER BY id LIMIT 2")
                        + query(connections, "SELECT count(*) FROM b WHERE a_id = " + parameter);
            case 2 ->
                nested.value(0, parameter)
                        + query(connections, "SELECT val FROM b WHERE a_id = " + parameter + " ORDER BY id");
            case 3 -> {
                String first = query(connections, "SELECT val FROM a WHERE id = " + parameter);
                yield first
                        + (first.startsWith("0")
                                ? query(connections, "SELECT sum(val) FROM b")
                                : nested.value(1, parameter));
            }
            default ->
                query(connections, "SELECT val FROM a WHERE id = " + parameter)
                        + query(
                                connections,
                                "SELECT a.id, b.id, b.val FROM a JOIN b ON b.a_id = a.id WHERE a.grp = " + parameter % 3
                                        + " ORDER BY 1, 2")
                        + query(connections, "SELECT id FROM a WHERE val > " + parameter + " ORDER BY id");
        };
    }

    private String query(Connections connections, String sql) throws Exception {
        StringBuilder text = new StringBuilder();
        if (interrupted && random.nextInt(2) == 0) {
            change();
        }
        try (Connection connection = connections.open();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    text.append(rows.getString(i)).append(',');
                }
                text.append(';');
            }
        }
        if (interrupted && random.nextInt(2) == 0) {
            change();
        }
        return text.append('|').toString();
    }

    @Override
    public void close() throws InterruptedException, ExecutionException {
        writer.submit(() -> {
                    if (pending != null) {
                        pending.rollback();
                        pending.close();
                    }
                    return null;
                })
                .get();
        writer.shutdown();
        elsewhere.shutdown();
    }
}
