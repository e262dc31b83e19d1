package dev.staleless.examples.gazetteer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The gazetteer's tables and rows, as shipped with the application; {@code dataset/SOURCE.md} names where they come
 * from.
 */
public final class GazetteerData {

    /** In the order in which foreign keys let them be filled. */
    private static final List<String> TABLES = List.of(
            "region",
            "script",
            "language",
            "locale",
            "currency",
            "territory",
            "territory_group",
            "territory_group_member",
            "territory_language",
            "territory_currency",
            "territory_name",
            "language_name",
            "time_zone",
            "subdivision");

    private static final List<String> NUMBERED =
            List.of("territory", "territory_currency", "territory_name", "subdivision");

    private GazetteerData() {}

    /**
     * Creates the tables in a PostgreSQL database that does not have them yet and fills them, in one transaction.
     *
     * @param dataSource gives connections of the PostgreSQL driver, or ones that unwrap to them
     * @return the number of rows of each table, in the order of filling
     * @throws SQLException if a table exists, or the role may not create tables
     */
    public static Map<String, Long> load(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var rows = fill(connection);
                connection.commit();
                return rows;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static Map<String, Long> fill(Connection connection) throws SQLException {
        var rows = new LinkedHashMap<String, Long>();
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        try (var statement = connection.createStatement()) {
            statement.execute(schema());
            for (String table : TABLES) {
                try (var file = new GZIPInputStream(resource(table + ".tsv.gz"))) {
                    rows.put(table, copy.copyIn("COPY " + table + " FROM STDIN", file));
                }
            }
            for (String table : NUMBERED) {
                statement.execute("SELECT setval('%1$s_id_seq', max(id) + 10) FROM %1$s".formatted(table));
            }
            statement.execute("ANALYZE");
        } catch (IOException e) {
            throw new SQLException("The data set of the gazetteer cannot be read", e);
        }
        return rows;
    }

    private static String schema() throws IOException {
        try (var file = resource("schema-postgresql.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String file) throws IOException {
        var stream = GazetteerData.class.getResourceAsStream("/dataset/" + file);
        if (stream == null) {
            throw new IOException("No resource /dataset/" + file);
        }
        return stream;
    }
}
