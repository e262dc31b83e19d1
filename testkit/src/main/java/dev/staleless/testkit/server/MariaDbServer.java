package dev.staleless.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An embedded MariaDB server on a free port of the loopback interface, with one empty database, {@code test}, whose user
 * {@code root} needs no password.
 *
 * <p>What it commits outlives its process but not the machine. Once {@link #stop()} has returned, neither the process nor its
 * folder is there; the same holds soon after the JVM has ended in any way. Not thread-safe, except for the accessors.
 */
public final class MariaDbServer extends EmbeddedServer {
    private static final int ANSWER_TIMEOUT_MILLIS = 1_000;
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");

    private final List<String> arguments;

    private MariaDbServer(List<String> arguments) {
        super("MariaDB", "staleless-mariadb-");
        this.arguments = arguments;
    }

    /** Whether there are binaries for this system: for Linux on x86-64 only. */
    public static boolean isSupported() {
        return MariaDbBinaries.areThere();
    }

    /** Starts a server with the default arguments. */
    public static MariaDbServer start() {
        return builder().start();
    }

    /**
     * A server of this JVM that all its tests share, started at the first call and stopped when the JVM ends. Tests that use
     * it keep to a database of their own, and do not stop it.
     */
    public static MariaDbServer shared() {
        return Shared.SERVER;
    }

    /** Returns a builder with the default arguments: utf8mb4_general_ci, time zone UTC, no binary log. */
    public static Builder builder() {
        return new Builder();
    }

    /** The JDBC URL of the database {@code test}, with the user in it. */
    public String jdbcUrl() {
        return jdbcUrl("test");
    }

    /** The JDBC URL of a database, with the user in it. */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database + "?user=root";
    }

    /** Shuts down in order and starts again on the same port. */
    public void restart() {
        process().end(Signal.TERM);
        launchOn(port());
    }

    /** Is killed, as in a crash, and starts again on the same port: InnoDB goes through crash recovery. */
    public void crashAndRestart() {
        process().end(Signal.KILL);
        launchOn(port());
    }

    @Override
    ServerProcess launch(int onPort) {
        List<String> command = command();
        command.addAll(List.of(
                "--port=" + onPort,
                "--bind-address=127.0.0.1",
                "--socket=" + folder().resolve("socket"),
                "--pid-file=" + pidFile()));
        command.addAll(arguments);
        return ServerProcess.start("MariaDB", guardedFolder(), command);
    }

    private List<String> command() {
        Path binaries = MariaDbBinaries.folder();
        List<String> command = new ArrayList<>(List.of(
                binaries.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + binaries,
                "--datadir=" + data(),
                "--lc-messages-dir=" + binaries.resolve("share"),
                "--character-sets-dir=" + binaries.resolve("share/charsets"),
                "--innodb-data-file-path=ibdata1:3M:autoextend",
                "--innodb-log-file-size=16M",
                "--innodb-undo-tablespaces=0",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-doublewrite=0",
                "--skip-log-bin",
                "--skip-name-resolve",
                "--skip-ssl"));
        if (isRoot()) {
            command.add("--user=root");
        }
        return command;
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // No /proc: not Linux, and so no binaries.
        }
    }

    /** It must be this process that answers: its id is in a file, and the server speaks first. */
    @Override
    boolean isReady(ServerProcess launched, int onPort) {
        try {
            if (!Files.exists(pidFile())
                    || !Files.readString(pidFile()).strip().equals(Long.toString(launched.pid()))) {
                return false;
            }
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), onPort)) {
                socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
                InputStream greeting = socket.getInputStream();
                return greeting.read() >= 0;
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    boolean saysPortTaken(String log) {
        return log.contains("Can't start server: Bind on TCP/IP port");
    }

    /** Nothing of it is kept. */
    @Override
    Signal endAtOnce() {
        return Signal.KILL;
    }

    /** The server reads SQL from its standard input instead of listening. */
    private void createSystemTables() {
        Path script = folder().resolve("bootstrap.sql");
        try {
            Files.createDirectory(data());
            StringBuilder sql =
                    new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
            for (String part : SYSTEM_TABLES) {
                sql.append(Files.readString(
                        MariaDbBinaries.folder().resolve("share").resolve(part)));
            }
            sql.append("\nCREATE DATABASE test CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;\n");
            Files.writeString(script, sql, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ServerException("Folder " + data() + " could not be prepared", e);
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" < '" + script + "'", "sh"));
        command.addAll(command());
        command.add("--bootstrap");
        ServerProcess.start("MariaDB", guardedFolder(), command).awaitSuccess();
    }

    private Path data() {
        return folder().resolve("data");
    }

    private Path pidFile() {
        return folder().resolve("pid");
    }

    private static final class Shared {
        static final MariaDbServer SERVER = start();
    }

    /** Collects the arguments of a server. */
    public static final class Builder {
        private final List<String> arguments = new ArrayList<>(List.of(
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_general_ci",
                "--default-time-zone=+00:00",
                "--innodb-buffer-pool-size=64M",
                "--max-connections=200"));
        private int port;

        private Builder() {}

        /** Adds command-line arguments, such as {@code "--lower-case-table-names=1"}; they win over the defaults. */
        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Listens on this port; 0, the default, takes a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Creates the system tables and starts the server; returns when it accepts connections.
         *
         * @throws ServerException if there are no binaries for this system, the server does not start, or the port is taken
         */
        public MariaDbServer start() {
            MariaDbServer server = new MariaDbServer(List.copyOf(arguments));
            try {
                server.createSystemTables();
                server.launchOn(port);
                return server;
            } catch (RuntimeException e) {
                server.stop();
                throw e;
            }
        }
    }
}
