package dev.staleless.examples.gazetteer;

import dev.staleless.testkit.server.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases filled with the gazetteer's data, one for each test class that asks. */
final class GazetteerDatabase {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private GazetteerDatabase() {}

    /** A new database without tables. */
    static DataSource empty() throws SQLException {
        return create("");
    }

    /** A new database with the tables and rows as shipped. */
    static DataSource filled() throws SQLException {
        return create(" TEMPLATE " + Template.NAME);
    }

    /** The first column of what a query returns, as texts. */
    static List<String> column(DataSource database, String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
        }
        return texts;
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DataSource create(String options) throws SQLException {
        var name = "gazetteer_" + COUNTER.incrementAndGet();
        execute(dataSource("postgres"), "CREATE DATABASE " + name + options);
        return dataSource(name);
    }

    private static DataSource dataSource(String database) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(PostgresServer.shared().jdbcUrl(database));
        return dataSource;
    }

    /** Filled once; PostgreSQL copies its files for every other database. */
    private static final class Template {

        static final String NAME = fill("gazetteer_template");

        private static String fill(String name) {
            try {
                execute(dataSource("postgres"), "CREATE DATABASE " + name);
                GazetteerData.load(dataSource(name));
                return name;
            } catch (SQLException e) {
                throw new IllegalStateException("The template database could not be filled", e);
            }
        }
    }
}
