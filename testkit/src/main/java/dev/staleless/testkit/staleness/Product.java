package dev.staleless.testkit.staleness;

import dev.staleless.testkit.staleness.RandomSchema.Domain;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The databases whose SQL the check can write. */
enum Product {
    POSTGRESQL(
            new String[] {"numeric(10,2)", "numeric", "numeric(6,0)"},
            new String[] {"text", "varchar(20)", "char(8)", "text COLLATE \"C\""},
            Set.of("numeric")),
    H2(
            new String[] {"numeric(10,2)", "decfloat", "numeric(6,0)"},
            new String[] {"varchar", "varchar(20)", "char(8)", "varchar_ignorecase(20)"},
            Set.of("decfloat", "varchar_ignorecase(20)")),
    /** Its default collation is not case-sensitive; under all but one of its collations spaces at the end count for nothing. */
    MARIADB(
            new String[] {"decimal(10,2)", "decimal(6,0)", "decimal(4,1)", "decimal(8,3) unsigned", "double", "float"},
            new String[] {
                "varchar(40)",
                "varchar(20) COLLATE utf8mb4_bin",
                "char(8)",
                "char(8) COLLATE utf8mb4_bin",
                "text COLLATE utf8mb4_nopad_bin",
                "varchar(20) COLLATE utf8mb4_unicode_ci",
                "varchar(40) CHARACTER SET latin1",
                "varbinary(60)"
            },
            Set.of(
                    "varchar(40)",
                    "varchar(20) COLLATE utf8mb4_bin",
                    "char(8)",
                    "varchar(20) COLLATE utf8mb4_unicode_ci",
                    "varchar(40) CHARACTER SET latin1"));

    private final Map<Domain, String[]> types = new EnumMap<>(Domain.class);

    /** Types of which equal values may look different. */
    final Set<String> unplain;

    Product(String[] decimals, String[] texts, Set<String> unplain) {
        this.unplain = unplain;
        types.put(Domain.INTEGER, new String[] {"smallint", "integer", "bigint"});
        types.put(Domain.DECIMAL, decimals);
        types.put(Domain.TEXT, texts);
        types.put(Domain.DATE, new String[] {"date"});
        types.put(Domain.FLAG, new String[] {"boolean"});
        types.put(Domain.TIMESTAMP, new String[] {"timestamp", "timestamp(0)"});
        types.put(Domain.UUID, new String[] {"uuid"});
    }

    static {
        MARIADB.types.put(
                Domain.INTEGER,
                new String[] {"tinyint", "smallint", "mediumint", "int", "bigint", "tinyint unsigned", "int unsigned"});
        MARIADB.types.put(Domain.DATE, new String[] {"date", "datetime"});
        MARIADB.types.put(Domain.FLAG, new String[] {"boolean", "bit(1)", "tinyint"});
        MARIADB.types.put(
                Domain.TIMESTAMP, new String[] {"datetime(6)", "datetime", "datetime(1)", "timestamp(3) NULL", "date"});
        MARIADB.types.put(Domain.UUID, new String[] {"uuid", "char(36)", "varchar(36) COLLATE utf8mb4_bin"});
    }

    /** Column types of a family of values. */
    String[] types(Domain domain) {
        return Objects.requireNonNull(types.get(domain));
    }

    static Product of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        return switch (name) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            case "MariaDB" -> MARIADB;
            default -> throw new SQLException("The staleness check writes no SQL for " + name, "0A000");
        };
    }
}
