package dev.staleless.benchmarks.differential;

import dev.staleless.testkit.server.MariaDbServer;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A running database of one kind. Safe for any thread. */
interface FuzzDatabase extends AutoCloseable {

    /** A statement that takes longer has failed: no run waits for one without end. */
    int STATEMENT_SECONDS = 60;

    /** A server that does not answer for so long never will. */
    int ANSWER_MILLIS = 300_000;

    /** The SQL that it speaks. */
    Target target();

    /** In how many ways it is spoken to: formats in which the driver asks for values, and strictness of the session. */
    int ways();

    /**
     * Makes a database of its own for one thread, which opens it.
     *
     * @param way from 0
     */
    Area area(String name, int way) throws SQLException;

    @Override
    void close();

    /** A new PostgreSQL server. */
    static FuzzDatabase postgres() {
        return postgres(
                PostgresServer.builder()
                        .set("autovacuum", "off")
                        .set("jit", "off")
                        .start(),
                true);
    }

    /**
     * A PostgreSQL server that runs.
     *
     * @param own whether closing this stops it
     */
    static FuzzDatabase postgres(PostgresServer server, boolean own) {
        return new FuzzDatabase() {
            private final Target target = new PostgresTarget();

            @Override
            public Target target() {
                return target;
            }

            @Override
            public int ways() {
                return 2;
            }

            @Override
            public Area area(String name, int way) throws SQLException {
                try (Connection admin = DriverManager.getConnection(server.jdbcUrl());
                        Statement statement = admin.createStatement()) {
                    statement.execute("create database " + name);
                }
                String transfer = way == 1 ? "&prepareThreshold=-1" : "&prepareThreshold=2&binaryTransfer=false";
                return new Area(server.jdbcUrl(name) + transfer, target);
            }

            @Override
            public void close() {
                if (own) {
                    server.stop();
                }
            }
        };
    }

    /** H2 in this process, in memory: a database lives as long as its area. */
    static FuzzDatabase h2() {
        return new FuzzDatabase() {
            private final Target target = new H2Target();

            @Override
            public Target target() {
                return target;
            }

            @Override
            public int ways() {
                return 1;
            }

            @Override
            public Area area(String name, int way) throws SQLException {
                return new Area("jdbc:h2:mem:" + name + ";OPTIMIZE_REUSE_RESULTS=FALSE", target);
            }

            @Override
            public void close() {}
        };
    }

    /** A new MariaDB server. */
    static FuzzDatabase mariadb() {
        return mariadb(MariaDbServer.start(), true);
    }

    /**
     * A MariaDB server that runs.
     *
     * @param own whether closing this stops it
     */
    static FuzzDatabase mariadb(MariaDbServer server, boolean own) {
        return new FuzzDatabase() {

            @Override
            public Target target() {
                return new MariaDbTarget("test");
            }

            @Override
            public int ways() {
                return 4;
            }

            @Override
            public Area area(String name, int way) throws SQLException {
                try (Connection admin = DriverManager.getConnection(server.jdbcUrl());
                        Statement statement = admin.createStatement()) {
                    statement.execute("create database " + name);
                }
                String transfer = "&useServerPrepStmts=" + (way % 2 == 1);
                String limit =
                        "&socketTimeout=" + ANSWER_MILLIS + "&sessionVariables=max_statement_time=" + STATEMENT_SECONDS;
                String lenient = way >= 2 ? ",sql_mode='NO_ENGINE_SUBSTITUTION'" : "";
                return new Area(server.jdbcUrl(name) + transfer + limit + lenient, new MariaDbTarget(name));
            }

            @Override
            public void close() {
                if (own) {
                    server.stop();
                }
            }
        };
    }
}
