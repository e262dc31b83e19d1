package dev.staleless.integration.corpus;

import dev.staleless.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A database with the corpus' tables and no rows; gone when it is closed. */
final class CorpusDatabase implements AutoCloseable {

    private final String name = "corpus" + UUID.randomUUID().toString().replace("-", "");

    CorpusDatabase() throws SQLException, IOException {
        execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + name);
        execute(url(), schema());
    }

    String url() {
        return PostgresServer.shared().jdbcUrl(name);
    }

    private static String schema() throws IOException {
        try (InputStream in = CorpusDatabase.class.getResourceAsStream("schema.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "DROP DATABASE " + name + " WITH (FORCE)");
    }
}
