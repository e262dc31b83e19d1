package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Servers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** The table that is read and written, and the queries on it: of one row by its key, of 20 and of 500 rows by a column that has an index. */
final class Items {

    static final int ROWS = 50_000;

    /** A query of so many rows, and how many different results it has. */
    record Kind(int rows, String sql, int results) {

        static final Kind ONE = new Kind(1, "SELECT id, category, price, name, created FROM item WHERE id = ?", ROWS);
        static final Kind TWENTY =
                new Kind(20, "SELECT id, category, price, name, created FROM item WHERE category = ?", ROWS / 20);
        static final Kind FIVE_HUNDRED =
                new Kind(500, "SELECT id, category, price, name, created FROM item WHERE section = ?", ROWS / 500);
    }

    private Items() {}

    static void create(DataSource database) throws SQLException {
        Servers.execute(
                database,
                "CREATE TABLE item (id bigint PRIMARY KEY, category int NOT NULL, section int NOT NULL,"
                        + " price numeric(10,2) NOT NULL, name text NOT NULL, created timestamp NOT NULL)",
                "INSERT INTO item SELECT i, i / 20, i / 500, i % 1000 + 0.99, 'item number ' || i,"
                        + " timestamp '2024-01-01' + i * interval '1 minute' FROM generate_series(0, "
                        + (ROWS - 1)
                        + ") i",
                "CREATE INDEX ON item (category)",
                "CREATE INDEX ON item (section)",
                "CREATE TABLE other (LIKE item INCLUDING ALL)",
                "INSERT INTO other SELECT * FROM item",
                "VACUUM ANALYZE item",
                "VACUUM ANALYZE other");
    }

    /** Takes a connection, asks, reads everything, gives the connection back. */
    static int ask(DataSource source, String sql, int parameter) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return ask(connection, sql, parameter);
        }
    }

    /** Prepares, sets, executes and reads everything. */
    static int ask(Connection connection, String sql, int parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows);
            }
        }
    }

    static int read(ResultSet rows) throws SQLException {
        int sum = 0;
        while (rows.next()) {
            BigDecimal price = rows.getBigDecimal(3);
            sum += (int) rows.getLong(1)
                    + rows.getInt(2)
                    + price.scale()
                    + rows.getString(4).length()
                    + rows.getTimestamp(5).getNanos();
        }
        return sum;
    }

    /** Asks until it is answered from the cache: a table has to be in force first. */
    static void awaitHit(DataSource source, LongSupplier hits, Kind kind) throws Exception {
        long before = hits.getAsLong();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (hits.getAsLong() == before) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("nothing is cached: " + kind.sql());
            }
            ask(source, kind.sql(), 0);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
