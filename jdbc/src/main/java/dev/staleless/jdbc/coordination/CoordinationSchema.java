package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables' definition: whether they are there, how they are created, and what to say when they cannot be. */
public final class CoordinationSchema {

    private final CoordinationSql sql;

    CoordinationSchema(CoordinationSql sql) {
        this.sql = sql;
    }

    /**
     * The DDL for a product.
     *
     * @param product name of a {@link CoordinationDialect}, in any case
     * @param schema the schema the tables stand in
     * @param role the role that the nodes use, to which rights are granted
     * @throws IllegalArgumentException if the product is not known
     */
    public static String ddl(String product, String schema, String role) {
        return new CoordinationSchema(CoordinationDialect.named(product).sql(schema, true)).script(role);
    }

    private String script(String role) {
        return Stream.concat(sql.createStatements().stream(), sql.grantStatements(role).stream())
                .map(statement -> statement + ";\n")
                .collect(Collectors.joining());
    }

    /** Whether all the tables are there. */
    boolean exists(Connection connection) throws SQLException {
        return strings(connection, sql.existing()).size() == sql.tableCount();
    }

    /** Creates the tables in one transaction, which the caller commits. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Two nodes that start at once: IF NOT EXISTS alone does not keep them apart.
            statement.execute(sql.lockForCreating());
            if (exists(connection)) {
                return;
            }
            for (String create : sql.createStatements()) {
                statement.execute(create);
            }
        } catch (SQLException e) {
            if (sql.saysNoPrivilege(e)) {
                connection.rollback();
                throw new CoordinationException(
                        "The coordination tables are missing, and this role may not create them (" + e.getMessage()
                                + "). " + advice(connection),
                        e);
            }
            throw e;
        }
    }

    /** Fails with what to do if the tables are missing. */
    CoordinationException missing(Connection connection) throws SQLException {
        return new CoordinationException(
                "The coordination tables are missing, and createTables = false. " + advice(connection));
    }

    private String advice(Connection connection) throws SQLException {
        return "Have an administrator run what follows; another place is named by the setting coordinationSchema:\n\n"
                + script(strings(connection, sql.currentRole()).get(0));
    }

    /** Fails with the missing grants if the role may not use the tables. */
    void checkPrivileges(Connection connection) throws SQLException {
        List<String> missing = strings(connection, sql.missingPrivileges());
        if (!missing.isEmpty()) {
            String role = strings(connection, sql.currentRole()).get(0);
            throw new CoordinationException("The role " + role + " lacks " + String.join(", ", missing)
                    + ". Have the owner of the coordination tables run:\n\n"
                    + sql.grantStatements(role).stream()
                            .map(grant -> grant + ";\n")
                            .collect(Collectors.joining()));
        }
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
