package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.ColumnType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an H2 catalog by as many queries of INFORMATION_SCHEMA as there are kinds of things in it. */
final class H2CatalogReader implements CatalogReader {

    /** More partition columns than this cost a writer more than they narrow. */
    private static final int MAX_PARTITION_COLUMNS = 8;

    private static final String TABLES = """
            SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, STORAGE_TYPE, TABLE_CLASS FROM INFORMATION_SCHEMA.TABLES""";

    private static final String COLUMNS = """
            SELECT C.TABLE_SCHEMA, C.TABLE_NAME, C.COLUMN_NAME, C.DATA_TYPE, C.CHARACTER_MAXIMUM_LENGTH,
              COALESCE(C.NUMERIC_PRECISION, C.DATETIME_PRECISION), C.NUMERIC_SCALE, C.IS_NULLABLE,
              C.COLUMN_DEFAULT IS NOT NULL OR D.DOMAIN_DEFAULT IS NOT NULL OR C.IS_IDENTITY = 'YES'
                OR C.IS_GENERATED <> 'NEVER',
              C.IS_GENERATED <> 'NEVER' OR C.COLUMN_ON_UPDATE IS NOT NULL OR D.DOMAIN_ON_UPDATE IS NOT NULL
                OR C.DEFAULT_ON_NULL,
              C.IS_VISIBLE
            FROM INFORMATION_SCHEMA.COLUMNS C LEFT JOIN INFORMATION_SCHEMA.DOMAINS D
              ON D.DOMAIN_SCHEMA = C.DOMAIN_SCHEMA AND D.DOMAIN_NAME = C.DOMAIN_NAME
            ORDER BY C.TABLE_SCHEMA, C.TABLE_NAME, C.ORDINAL_POSITION""";

    private static final String KEYS = """
            SELECT C.TABLE_SCHEMA, C.TABLE_NAME, C.CONSTRAINT_NAME, C.CONSTRAINT_TYPE, K.COLUMN_NAME
            FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS C JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE K
              ON K.CONSTRAINT_SCHEMA = C.CONSTRAINT_SCHEMA AND K.CONSTRAINT_NAME = C.CONSTRAINT_NAME
            WHERE C.CONSTRAINT_TYPE IN ('PRIMARY KEY', 'UNIQUE')
            ORDER BY C.CONSTRAINT_TYPE, C.CONSTRAINT_SCHEMA, C.CONSTRAINT_NAME, K.ORDINAL_POSITION""";

    private static final String FOREIGN_KEYS = """
            SELECT K.TABLE_SCHEMA, K.TABLE_NAME, U.TABLE_SCHEMA, U.TABLE_NAME, R.CONSTRAINT_SCHEMA, R.CONSTRAINT_NAME,
              R.DELETE_RULE, R.UPDATE_RULE, K.COLUMN_NAME, U.COLUMN_NAME
            FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS R
              JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE K
                ON K.CONSTRAINT_SCHEMA = R.CONSTRAINT_SCHEMA AND K.CONSTRAINT_NAME = R.CONSTRAINT_NAME
              JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE U
                ON U.CONSTRAINT_SCHEMA = R.UNIQUE_CONSTRAINT_SCHEMA AND U.CONSTRAINT_NAME = R.UNIQUE_CONSTRAINT_NAME
                AND U.ORDINAL_POSITION = K.POSITION_IN_UNIQUE_CONSTRAINT
            ORDER BY R.CONSTRAINT_SCHEMA, R.CONSTRAINT_NAME, K.ORDINAL_POSITION""";

    private static final String TRIGGERS = """
            SELECT EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_ORIENTATION FROM INFORMATION_SCHEMA.TRIGGERS""";

    /** What a role may not see of a view is NULL. */
    private static final String VIEWS =
            "SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION, STATUS FROM INFORMATION_SCHEMA.VIEWS";

    private static final String SYNONYMS = """
            SELECT SYNONYM_SCHEMA, SYNONYM_NAME, SYNONYM_FOR_SCHEMA, SYNONYM_FOR FROM INFORMATION_SCHEMA.SYNONYMS""";

    private static final String FUNCTIONS = "SELECT ROUTINE_NAME FROM INFORMATION_SCHEMA.ROUTINES";

    private static final String DATABASE = """
            SELECT CURRENT_SCHEMA,
              COALESCE((SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'COLLATION'), 'OFF')""";

    private final String coordinationSchema;

    H2CatalogReader(String coordinationSchema) {
        this.coordinationSchema = coordinationSchema;
    }

    /** What is collected of one table. */
    private static final class Relation {
        final TableName name;
        final Set<Trait> traits = EnumSet.noneOf(Trait.class);
        final Map<String, Column> columns = new LinkedHashMap<>();
        final List<String> primaryKey = new ArrayList<>();
        final Map<String, List<String>> unique = new LinkedHashMap<>();
        final Set<String> referring = new LinkedHashSet<>();
        final Map<String, ForeignKey> referredBy = new LinkedHashMap<>();

        @Nullable
        String definition;

        Relation(TableName name) {
            this.name = name;
        }

        void is(Trait trait, boolean really) {
            if (really) {
                traits.add(trait);
            }
        }

        Table table() {
            List<Table.Reference> references = new ArrayList<>();
            referredBy.values().forEach(key -> references.add(key.reference()));
            return new Table(
                    name,
                    List.copyOf(columns.values()),
                    primaryKey,
                    partitionColumns(),
                    references,
                    traits,
                    definition,
                    Set.of());
        }

        /** Keys first, then foreign keys; only columns whose values can be told apart, and that a writer can name. */
        private List<String> partitionColumns() {
            Set<String> pinned = new LinkedHashSet<>(primaryKey);
            unique.values().stream().filter(key -> key.size() == 1).forEach(pinned::addAll);
            pinned.addAll(referring);
            List<String> chosen = new ArrayList<>();
            for (String name : pinned) {
                Column column = columns.get(name);
                if (column != null && chosen.size() < MAX_PARTITION_COLUMNS && isHashable(column)) {
                    chosen.add(name);
                }
            }
            return chosen;
        }

        private static boolean isHashable(Column column) {
            return !column.computed()
                    && column.type().equality() != ColumnType.Equality.UNKNOWN
                    && column.type().kind() != ColumnType.Kind.FLOAT;
        }
    }

    /** A foreign key with an action, collected column by column. */
    private record ForeignKey(
            TableName child, List<String> childColumns, List<String> columns, Action onDelete, Action onUpdate) {
        Table.Reference reference() {
            return new Table.Reference(child, childColumns, columns, onDelete, onUpdate);
        }
    }

    @Override
    public Catalog read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return read(statement);
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    private Catalog read(Statement statement) throws SQLException {
        Map<TableName, Relation> relations = new HashMap<>();
        String[] database = new String[2];
        each(statement, DATABASE, row -> {
            database[0] = row.getString(1);
            // A collation with a strength: "ENGLISH STRENGTH PRIMARY".
            database[1] = row.getString(2);
        });
        H2Types types = new H2Types(database[1]);
        each(statement, TABLES, row -> {
            Relation relation = relation(row);
            relations.put(relation.name, relation);
        });
        each(statement, COLUMNS, row -> column(row, relations, types));
        each(statement, KEYS, row -> key(row, relations));
        each(statement, FOREIGN_KEYS, row -> foreignKey(row, relations));
        each(statement, TRIGGERS, row -> trigger(row, relations));
        each(statement, VIEWS, row -> view(row, relations));
        Set<String> functions = new HashSet<>();
        each(statement, FUNCTIONS, row -> functions.add(row.getString(1).toLowerCase(Locale.ROOT)));
        return catalog(statement, database[0], relations, functions);
    }

    private static Catalog catalog(
            Statement statement, String schema, Map<TableName, Relation> relations, Set<String> functions)
            throws SQLException {
        Map<TableName, Table> named = new HashMap<>();
        List<Table> tables = new ArrayList<>();
        for (Relation relation : relations.values()) {
            Table table = relation.table();
            named.put(relation.name, table);
            if (!table.is(Trait.SYSTEM)) {
                tables.add(table);
            }
        }
        each(statement, SYNONYMS, row -> {
            Table meant = named.get(name(row, 3));
            if (meant != null) {
                named.putIfAbsent(name(row, 1), meant);
            }
        });
        return new H2Catalog(CatalogReader.nextVersion(), List.of(schema), named, tables, functions);
    }

    private static TableName name(ResultSet row, int first) throws SQLException {
        return new TableName(row.getString(first), row.getString(first + 1));
    }

    private Relation relation(ResultSet row) throws SQLException {
        Relation relation = new Relation(name(row, 1));
        String type = row.getString(3);
        String storage = row.getString(4);
        String tableClass = row.getString(5);
        boolean ours = relation.name.schema().equals(coordinationSchema)
                && relation.name.name().startsWith("staleless_");
        boolean materialized = tableClass.endsWith(".MaterializedView");
        relation.is(Trait.SYSTEM, ours || relation.name.schema().equals("INFORMATION_SCHEMA"));
        relation.is(Trait.VIEW, type.equals("VIEW") && !materialized);
        relation.is(Trait.MATERIALIZED_VIEW, materialized);
        relation.is(Trait.TEMPORARY, type.endsWith("TEMPORARY"));
        relation.is(Trait.FOREIGN, "TABLE LINK".equals(storage));
        boolean ordinary = type.equals("BASE TABLE") && ("CACHED".equals(storage) || "MEMORY".equals(storage));
        relation.is(Trait.OTHER, !ordinary && relation.traits.isEmpty());
        return relation;
    }

    private static void column(ResultSet row, Map<TableName, Relation> relations, H2Types types) throws SQLException {
        Relation relation = relations.get(name(row, 1));
        if (relation == null) {
            return;
        }
        String column = row.getString(3);
        ColumnType type = types.type(row.getString(4), row.getLong(5), row.getInt(6), row.getInt(7));
        relation.columns.put(
                column,
                new Column(column, type, row.getString(8).equals("YES"), row.getBoolean(9), row.getBoolean(10)));
        // Not among those of "*", nor of an INSERT that names none.
        relation.is(Trait.OTHER, !row.getBoolean(11));
    }

    private static void key(ResultSet row, Map<TableName, Relation> relations) throws SQLException {
        Relation relation = relations.get(name(row, 1));
        if (relation == null) {
            return;
        }
        if (row.getString(4).equals("PRIMARY KEY")) {
            relation.primaryKey.add(row.getString(5));
        } else {
            relation.unique
                    .computeIfAbsent(row.getString(3), k -> new ArrayList<>())
                    .add(row.getString(5));
        }
    }

    private static void foreignKey(ResultSet row, Map<TableName, Relation> relations) throws SQLException {
        Relation child = relations.get(name(row, 1));
        Relation parent = relations.get(name(row, 3));
        if (child == null || parent == null) {
            return;
        }
        child.referring.add(row.getString(9));
        Action onDelete = action(row.getString(7));
        Action onUpdate = action(row.getString(8));
        if (onDelete.spreads() || onUpdate.spreads()) {
            ForeignKey key = parent.referredBy.computeIfAbsent(
                    row.getString(5) + "." + row.getString(6),
                    k -> new ForeignKey(child.name, new ArrayList<>(), new ArrayList<>(), onDelete, onUpdate));
            key.childColumns.add(row.getString(9));
            key.columns.add(row.getString(10));
        }
    }

    private static Action action(String rule) {
        return switch (rule) {
            case "NO ACTION", "RESTRICT" -> Action.NONE;
            case "CASCADE" -> Action.CASCADE;
            case "SET NULL" -> Action.SET_NULL;
            case "SET DEFAULT" -> Action.SET_DEFAULT;
            default -> Action.UNKNOWN;
        };
    }

    private static void trigger(ResultSet row, Map<TableName, Relation> relations) throws SQLException {
        Relation relation = relations.get(name(row, 1));
        if (relation == null) {
            return;
        }
        boolean select = row.getString(3).equals("SELECT");
        relation.is(Trait.OTHER, select);
        relation.is(Trait.TRIGGERS, !select);
        // One that is fired for a row may store another one.
        relation.is(Trait.ALTERING_TRIGGERS, !select && row.getString(4).equals("ROW"));
    }

    /** In the notation of the database, with every table's schema. */
    private static void view(ResultSet row, Map<TableName, Relation> relations) throws SQLException {
        Relation relation = relations.get(name(row, 1));
        if (relation != null && relation.traits.contains(Trait.VIEW)) {
            String definition = row.getString(3);
            relation.definition = definition == null || !"VALID".equals(row.getString(4)) ? "" : definition;
        }
    }

    /** Takes one row of a result. */
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Statement statement, String query, RowReader reader) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                reader.read(row);
            }
        }
    }
}
