package dev.staleless.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An embedded PostgreSQL server on a free port of the loopback interface, with one database, {@code postgres}, whose
 * user {@code postgres} needs no password.
 *
 * <p>Its data is not synchronised to disk unless that is set. It runs under the JVM's own account, or as
 * {@code nobody} if that is root. Once {@link #stop()} has returned, neither the process nor its folder is there; the
 * same holds soon after the JVM has ended in any way. Not thread-safe, except for the accessors.
 */
public final class PostgresServer extends EmbeddedServer {
    /** Index of the line of postmaster.pid that says {@code ready} once connections are accepted. */
    private static final int STATUS_LINE = 7;

    private final Account account = Account.current();
    private final Map<String, String> settings;

    private PostgresServer(Map<String, String> settings) {
        super("PostgreSQL", "staleless-postgres-");
        this.settings = settings;
    }

    /** Starts a server with the default settings. */
    public static PostgresServer start() {
        return builder().start();
    }

    /**
     * A server of this JVM that all its tests share, started at the first call and stopped when the JVM ends. Tests
     * that use it keep to a schema or a database of their own, and do not stop it.
     */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** Returns a builder with the default settings: no synchronisation to disk, time zone UTC, 100 connections. */
    public static Builder builder() {
        return new Builder();
    }

    /** The JDBC URL of the database {@code postgres}, with the user in it. */
    public String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    /** The JDBC URL of a database, with the user in it. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=postgres";
    }

    /** Ends all connections in order, shuts down and starts again on the same port. */
    public void restart() {
        process().end(Signal.INT);
        launchOn(port());
    }

    /**
     * Ends at once, as in a crash, and starts again on the same port: PostgreSQL goes through crash recovery, which
     * empties unlogged tables.
     */
    public void crashAndRestart() {
        process().end(Signal.QUIT);
        launchOn(port());
    }

    @Override
    ServerProcess launch(int onPort) {
        List<String> command = new ArrayList<>();
        command.add(PostgresBinaries.folder().resolve("bin/postgres").toString());
        command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(onPort)));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return ServerProcess.start("PostgreSQL", guardedFolder(), account.command(command));
    }

    @Override
    boolean isReady(ServerProcess launched, int onPort) {
        try {
            List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"), StandardCharsets.UTF_8);
            return lines.size() > STATUS_LINE
                    && lines.get(0).strip().equals(Long.toString(launched.pid()))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (NoSuchFileException notYet) {
            return false;
        } catch (IOException e) {
            throw new ServerException("The state of PostgreSQL could not be read", e);
        }
    }

    @Override
    boolean saysPortTaken(String log) {
        return log.contains("could not bind");
    }

    /** An immediate shutdown: unlike a kill it also removes the shared memory. */
    @Override
    Signal endAtOnce() {
        return Signal.QUIT;
    }

    private void createCluster() {
        Path cluster = folder().resolve("cluster");
        try {
            account.createFolder(cluster);
        } catch (IOException e) {
            throw new ServerException("Folder " + cluster + " could not be created", e);
        }
        List<String> initdb = List.of(
                PostgresBinaries.folder().resolve("bin/initdb").toString(),
                "--pgdata=" + data(),
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-locale",
                "--no-sync",
                "--no-instructions");
        ServerProcess.start("initdb", guardedFolder(), account.command(initdb)).awaitSuccess();
    }

    private Path data() {
        return folder().resolve("cluster/data");
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }

    /** Collects the settings of a server. */
    public static final class Builder {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private int port;

        private Builder() {
            set("listen_addresses", "127.0.0.1");
            set("unix_socket_directories", "");
            set("fsync", "off");
            set("full_page_writes", "off");
            set("shared_buffers", "64MB");
            set("max_connections", "100");
            set("timezone", "UTC");
            set("log_timezone", "UTC");
        }

        /** Sets a server parameter, as in {@code postgresql.conf}. */
        public Builder set(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** Listens on this port; 0, the default, takes a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Creates the database and starts the server; returns when it accepts connections.
         *
         * @throws ServerException if the server cannot be installed or started on this system, or the port is taken
         */
        public PostgresServer start() {
            PostgresServer server = new PostgresServer(Collections.unmodifiableMap(new LinkedHashMap<>(settings)));
            try {
                server.createCluster();
                server.launchOn(port);
                return server;
            } catch (RuntimeException e) {
                server.stop();
                throw e;
            }
        }
    }
}
