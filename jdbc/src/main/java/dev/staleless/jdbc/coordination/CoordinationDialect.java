package dev.staleless.jdbc.coordination;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The databases in which coordination tables can stand. */
public enum CoordinationDialect {
    POSTGRESQL {
        @Override
        CoordinationSql sql(String schema, boolean identified) {
            return new PostgresSql(schema, identified);
        }
    },
    H2 {
        @Override
        CoordinationSql sql(String schema, boolean identified) {
            return new H2Sql(schema);
        }
    },
    MARIADB {
        @Override
        CoordinationSql sql(String schema, boolean identified) {
            return new MariaDbSql(schema);
        }
    };

    /**
     * The statements on the tables.
     *
     * @param schema where they stand
     * @param identified whether the live incarnation holds what only some roles may see
     */
    abstract CoordinationSql sql(String schema, boolean identified);

    /**
     * The dialect of this name, in any case.
     *
     * @throws IllegalArgumentException if there is none
     */
    static CoordinationDialect named(String product) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.name().equalsIgnoreCase(product))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("product = '" + product + "': allowed "
                        + (values().length == 1 ? "is " : "are ")
                        + Arrays.stream(values())
                                .map(dialect -> dialect.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
