package dev.staleless.jdbc.explain;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.value.ColumnType;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.database.Database;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.explain.Finding.Weight;
import dev.staleless.sql.SqlDialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at a database for what limits caching or precision. It writes nothing. */
public final class Doctor {

    private static final String[] TABLES = {"TABLE", "PARTITIONED TABLE", "BASE TABLE"};

    private final Connection connection;
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(Connection connection) {
        this.connection = connection;
    }

    /**
     * What there is to say, the weightiest first.
     *
     * @param connection of the application's role, to its database; left open
     * @param catalogs opens further ones of the same kind
     */
    public static List<Finding> examine(Connection connection, CatalogSource.Connections catalogs) throws SQLException {
        Doctor doctor = new Doctor(connection);
        doctor.examine(catalogs);
        doctor.findings.sort((a, b) -> b.weight().compareTo(a.weight()));
        return doctor.findings;
    }

    private void examine(CatalogSource.Connections catalogs) throws SQLException {
        Database database = Database.of(connection);
        server(database);
        session(database);
        coordination();
        Catalog catalog =
                database.catalog(catalogs, CoordinationSettings.DEFAULT_SCHEMA).current();
        List<Table> tables = catalog.tables().stream()
                .filter(table -> !table.is(Trait.SYSTEM))
                .toList();
        boolean hidden = database.dialect() == SqlDialect.MARIADB && seesNoTriggers(tables);
        tables.forEach(table -> table(table, hidden));
        types(catalog);
    }

    private void add(Weight weight, String subject, String what, String advice) {
        findings.add(new Finding(weight, subject, what, advice));
    }

    // ---- the server and the session

    private void server(Database database) throws SQLException {
        if (!database.identity(connection).primary()) {
            add(
                    Weight.PROBLEM,
                    "database",
                    "it is a copy of another one and takes no writes (hot standby, read-only)",
                    "Connect to the primary: what a replica shows may be older than the changes that were reported.");
        }
        if (connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED) {
            add(
                    Weight.LIMIT,
                    "isolation",
                    "transactions run above READ COMMITTED unless told otherwise, and inside them nothing is served",
                    "Set the pool's isolation to READ COMMITTED, or use snapshot = relaxed.");
        }
    }

    private void session(Database database) throws SQLException {
        try {
            SessionState state = database.driver().probe(connection);
            if (state.uncacheable() != null) {
                add(
                        Weight.PROBLEM,
                        "session",
                        "nothing read through it is cached: " + state.uncacheable(),
                        "Change the setting for the application's role or its pool.");
            }
            if (state.semiJoins() != null) {
                add(
                        Weight.LIMIT,
                        "session",
                        "queries with EXISTS or IN (SELECT ..) are not cached: " + state.semiJoins(),
                        "Add sessionVariables=optimizer_switch='loosescan=off' to the JDBC URL, or set it for the server.");
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            add(
                    Weight.PROBLEM,
                    "driver",
                    "results of this version of the driver cannot be captured: " + e.getMessage(),
                    "Use a version that the guide names.");
        }
    }

    private void coordination() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String schema = CoordinationSettings.DEFAULT_SCHEMA;
        try (ResultSet tables = metaData.getTables(null, null, "%", TABLES)) {
            while (tables.next()) {
                if (tables.getString("TABLE_NAME").equalsIgnoreCase("staleless_state")) {
                    return;
                }
            }
        }
        add(
                Weight.NOTE,
                "coordination tables",
                "they are not there yet, in schema " + schema
                        + "; a node with a shared store makes them when it starts",
                "If the application's role may not create a schema: ./staleless schema prints the DDL to run.");
    }

    // ---- tables

    /** On MariaDB what a role may not know of counts as having triggers. */
    private boolean seesNoTriggers(List<Table> tables) {
        boolean none = !tables.isEmpty() && tables.stream().allMatch(table -> table.is(Trait.TRIGGERS));
        if (none) {
            add(
                    Weight.LIMIT,
                    "triggers",
                    "the role may not see whether tables have some: every write counts as a change of everything",
                    "GRANT TRIGGER on the application's databases to it.");
        }
        return none;
    }

    private void table(Table table, boolean triggersHidden) {
        String name = table.name().toString();
        boolean stored = !table.is(Trait.VIEW) && !table.is(Trait.MATERIALIZED_VIEW);
        if (table.is(Trait.FOREIGN)) {
            add(Weight.LIMIT, name, "it is a foreign table: its rows change elsewhere", "It is never cached.");
        }
        if (table.is(Trait.ROW_SECURITY)) {
            add(
                    Weight.LIMIT,
                    name,
                    "row-level security decides which rows a role sees",
                    "Queries on it are not cached.");
        }
        if (table.definition() != null && table.definition().isBlank()) {
            add(
                    Weight.LIMIT,
                    name,
                    "it is a view whose definition the role may not see: a query on it counts as a change of everything",
                    "GRANT SHOW VIEW on it to the role.");
        }
        if (table.is(Trait.TRIGGERS) && !triggersHidden) {
            add(
                    Weight.LIMIT,
                    name,
                    "it has triggers or rules, whose effects are not known: a write to it counts as a change of everything",
                    "Declare them: triggers(\"" + name + "\", \"none\") or what they change.");
        }
        if (stored && table.primaryKey().isEmpty()) {
            add(
                    Weight.LIMIT,
                    name,
                    "it has no primary key: which of its rows a result shows cannot be told",
                    "Add a primary key.");
        } else if (stored && table.partitionColumns().isEmpty()) {
            add(
                    Weight.LIMIT,
                    name,
                    "no key or foreign key has values that can be told apart by their bytes, so that each query on it looks at"
                            + " every change of it",
                    "Use a deterministic collation for text keys.");
        }
        if (stored && table.is(Trait.OTHER)) {
            add(Weight.LIMIT, name, "it is of a kind that is not understood", "Queries on it are not cached.");
        }
    }

    /** Columns whose values cannot be compared, by table. */
    private void types(Catalog catalog) {
        Map<String, List<String>> folded = new TreeMap<>();
        Map<String, List<String>> unknown = new TreeMap<>();
        Map<String, List<String>> opaque = new TreeMap<>();
        for (Table table : catalog.tables()) {
            if (table.is(Trait.SYSTEM)) {
                continue;
            }
            for (Column column : table.columns()) {
                boolean other = column.type().kind() == ColumnType.Kind.OTHER;
                boolean text = column.type().equality() == ColumnType.Equality.UNKNOWN && !other;
                boolean ascii = column.type().kind() == ColumnType.Kind.FOLDED_TEXT && !text;
                if (text || ascii || other) {
                    (text ? unknown : ascii ? folded : opaque)
                            .computeIfAbsent(table.name().toString(), key -> new ArrayList<>())
                            .add(column.name());
                }
            }
        }
        unknown.forEach((table, columns) -> add(
                Weight.LIMIT,
                table,
                "values that differ may be equal by the collation of " + String.join(", ", columns)
                        + ": conditions on them do not narrow",
                "Give columns that queries filter by a deterministic, case-sensitive collation."));
        folded.forEach((table, columns) -> add(
                Weight.NOTE,
                table,
                "the collation of " + String.join(", ", columns)
                        + " takes letters of both cases for the same: what is not ASCII does not narrow, and LIKE does not",
                "Nothing, unless queries filter by such values: then a collation that tells all characters apart."));
        opaque.forEach((table, columns) -> add(
                Weight.NOTE,
                table,
                "the types of " + String.join(", ", columns) + " are not compared: conditions on them do not narrow",
                "Nothing, unless queries filter by them alone."));
    }
}
