package dev.staleless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.Deadline;
import dev.staleless.testkit.server.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/** What an operator tells the nodes, on real servers, wherever the nodes keep their results. */
abstract class OperatorCommandsContract {

    /** What was cached for another test is not this one's. */
    final String namespace = "operator-" + Long.toString(System.nanoTime(), 36);

    private final String url = PostgresServer.shared().jdbcUrl();
    private String store;
    final StringWriter out = new StringWriter();
    private StalelessDataSource node;

    /** Where results of this namespace are kept. */
    abstract String store();

    @BeforeEach
    void start() throws SQLException {
        store = store();
        past("DROP TABLE IF EXISTS parcel");
        past("CREATE TABLE parcel (id int PRIMARY KEY, depot int NOT NULL, weight int NOT NULL)");
        past("INSERT INTO parcel VALUES (1, 1, 10), (2, 2, 20)");
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        node = node(database);
    }

    private StalelessDataSource node(DataSource database) {
        return Staleless.wrap(database)
                .store(RedisStore.connect(store))
                .namespace(namespace)
                .profile("public.parcel", Ops.all(), Duration.ofHours(1))
                .build();
    }

    @AfterEach
    void stop() throws SQLException {
        node.close();
        past("DROP TABLE parcel");
    }

    private void past(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int weight(int id) {
        try (Connection connection = node.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT weight FROM parcel WHERE id = " + id)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Both are served from the cache, which is seen by what was changed past it. */
    private void cacheBothThenChangeBothPastIt() throws SQLException {
        for (int id : new int[] {1, 2}) {
            Deadline.await("parcel " + id + " is cached", () -> {
                long hits = node.statistics().hits();
                weight(id);
                return node.statistics().hits() > hits;
            });
        }
        past("UPDATE parcel SET weight = weight + 1");
        assertThat(weight(1)).isEqualTo(10);
        assertThat(weight(2)).isEqualTo(20);
    }

    int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        return line.execute(arguments);
    }

    int runOnNode(String command, String... more) {
        String[] all = new String[4 + more.length];
        all[0] = command;
        all[1] = "--url=" + url;
        all[2] = "--store=" + store;
        all[3] = "--namespace=" + namespace;
        System.arraycopy(more, 0, all, 4, more.length);
        return run(all);
    }

    @Test
    final void whatMayMeetTheConditionIsDroppedAndTheRestStays() throws SQLException {
        cacheBothThenChangeBothPastIt();
        assertThat(runOnNode("invalidate", "--table=public.parcel", "--where=id = 1"))
                .as(out.toString())
                .isZero();
        assertThat(weight(1)).isEqualTo(11);
        assertThat(weight(2)).isEqualTo(20);
        assertThat(runOnNode("invalidate", "--table=public.parcel", "--where=no condition ("))
                .as(out.toString())
                .isZero();
        assertThat(weight(2)).isEqualTo(21);
    }

    @Test
    final void tableOrEverythingIsDroppedAndItsMemoryReclaimed() throws SQLException {
        cacheBothThenChangeBothPastIt();
        assertThat(runOnNode("invalidate", "--table=public.parcel"))
                .as(out.toString())
                .isZero();
        assertThat(weight(1)).isEqualTo(11);
        assertThat(weight(2)).isEqualTo(21);
        assertThat(runOnNode("reclaim")).as(out.toString()).isZero();
        assertThat(out.toString()).contains("0 results freed");
        past("UPDATE parcel SET weight = weight + 1");
        assertThat(runOnNode("invalidate", "--all")).as(out.toString()).isZero();
        assertThat(weight(1)).isEqualTo(12);
        assertThat(runOnNode("reclaim")).as(out.toString()).isZero();
        assertThat(out.toString()).containsPattern("[12] results freed");
    }
}
