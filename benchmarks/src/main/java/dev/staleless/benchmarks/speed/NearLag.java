package dev.staleless.benchmarks.speed;

import dev.staleless.jdbc.StalelessDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** How long after a commit has returned another node's near cache still gives what was before it. */
final class NearLag {

    private static final String QUERY = "SELECT price FROM item WHERE id = 1";

    private final StalelessDataSource writer;
    private final StalelessDataSource reader;

    NearLag(StalelessDataSource writer, StalelessDataSource reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** What is to be added to the line of results. */
    String measure(int commits, PrintStream out) throws Exception {
        Items.awaitHit(writer, () -> writer.statistics().hits(), Items.Kind.ONE);
        long[] lags = new long[commits];
        int none = 0;
        for (int i = 0; i < commits; i++) {
            for (int warm = 0; warm < 20; warm++) {
                int unused = price();
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
            int price = i % 900;
            write(price);
            long returned = System.nanoTime();
            while (price() != price) {
                lags[i] = System.nanoTime() - returned;
            }
            none += lags[i] == 0 ? 1 : 0;
        }
        Arrays.sort(lags);
        double p50 = lags[commits / 2] / 1e3;
        double p99 = lags[commits * 99 / 100] / 1e3;
        double most = lags[commits - 1] / 1e3;
        out.printf(
                Locale.ROOT,
                "%nafter another node's commit has returned, the old result is still seen for: median %.0f us, p99 %.0f us,"
                        + " most %.0f us; not at all after %d of %d commits%n",
                p50,
                p99,
                most,
                none,
                commits);
        return String.format(
                Locale.ROOT, " lag_p50_us=%.0f lag_p99_us=%.0f lag_max_us=%.0f lag_none=%d", p50, p99, most, none);
    }

    private int price() throws SQLException {
        try (Connection connection = reader.getConnection();
                PreparedStatement query = connection.prepareStatement(QUERY);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getInt(1) : -1;
        }
    }

    private void write(int price) throws SQLException {
        try (Connection connection = writer.getConnection();
                PreparedStatement update = connection.prepareStatement("UPDATE item SET price = ? WHERE id = 1")) {
            update.setInt(1, price);
            update.executeUpdate();
        }
    }
}
