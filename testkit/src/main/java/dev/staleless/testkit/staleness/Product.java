package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.SQLException;

/** The databases whose SQL the check can write. */
enum Product {
    POSTGRESQL(
            new String[] {"numeric(10,2)", "numeric", "numeric(6,0)"},
            new String[] {"text", "varchar(20)", "char(8)", "text COLLATE \"C\""}),
    H2(
            new String[] {"numeric(10,2)", "decfloat", "numeric(6,0)"},
            new String[] {"varchar", "varchar(20)", "char(8)", "varchar_ignorecase(20)"});

    final String[] decimals;
    final String[] texts;

    Product(String[] decimals, String[] texts) {
        this.decimals = decimals;
        this.texts = texts;
    }

    static Product of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        return switch (name) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default -> throw new SQLException("The staleness check writes no SQL for " + name, "0A000");
        };
    }
}
