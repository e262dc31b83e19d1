package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.ColumnType;
import dev.staleless.jdbc.catalog.MariaDbCatalogReader.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the rows of the queries on a MariaDB catalog, and makes tables of them once all are there. */
final class MariaDbCatalogRows {

    /** More partition columns than this cost a writer more than they narrow. */
    private static final int MAX_PARTITION_COLUMNS = 8;

    /** The engine whose tables take part in transactions. What is written to others is seen before the commit. */
    private static final String TRANSACTIONAL = "innodb";

    private static final Set<String> REMOTE = Set.of("federated", "connect", "spider", "s3");

    private final String coordinationSchema;

    /** Two tables that differ by case alone have two relations here. */
    private final Map<String, Relation> relations = new LinkedHashMap<>();

    /** What is collected of one table. */
    private static final class Relation {
        final TableName name;
        final Set<Trait> traits;
        final List<Column> columns = new ArrayList<>();
        final Set<String> pinned = new LinkedHashSet<>();
        final Map<String, List<String>> uniqueKeys = new LinkedHashMap<>();
        final Map<String, Key> keys = new LinkedHashMap<>();

        @Nullable
        String definition;

        Relation(TableName name, Set<Trait> traits) {
            this.name = name;
            this.traits = traits;
        }
    }

    /** A foreign key of a child. */
    private static final class Key {
        final String parent;
        final boolean onDelete;
        final boolean onUpdate;
        final List<String> childColumns = new ArrayList<>();
        final List<String> columns = new ArrayList<>();

        Key(String parent, boolean onDelete, boolean onUpdate) {
            this.parent = parent;
            this.onDelete = onDelete;
            this.onUpdate = onUpdate;
        }
    }

    MariaDbCatalogRows(String coordinationSchema) {
        this.coordinationSchema = MariaDbCatalog.lower(coordinationSchema);
    }

    private static String id(Row row, int schema, int table) {
        return row.text(schema) + "." + row.text(table);
    }

    void table(Row row) {
        TableName name = new TableName(MariaDbCatalog.lower(row.text(1)), MariaDbCatalog.lower(row.text(2)));
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        String engine = row.text(4).toLowerCase(Locale.ROOT);
        switch (row.text(3)) {
            case "VIEW" -> traits.add(Trait.VIEW);
            case "TEMPORARY" -> traits.add(Trait.TEMPORARY);
            case "BASE TABLE" -> {
                if (REMOTE.contains(engine)) {
                    traits.add(Trait.FOREIGN);
                } else if (!engine.equals(TRANSACTIONAL)) {
                    traits.add(Trait.OTHER);
                }
            }
            default -> traits.add(Trait.OTHER);
        }
        if (name.schema().equals(coordinationSchema) && name.name().startsWith("staleless_")) {
            traits.add(Trait.SYSTEM);
        }
        relations.put(id(row, 1, 2), new Relation(name, traits));
    }

    void column(Row row) {
        Relation relation = relations.get(id(row, 1, 2));
        if (relation == null) {
            return;
        }
        String extra = row.text(13).toLowerCase(Locale.ROOT);
        boolean generated = !row.text(14).equals("NEVER");
        boolean nullable = row.text(11).equals("YES");
        boolean increments = extra.contains("auto_increment");
        // In an INSERT that omits it, a NOT NULL column without default gets 0 or an empty string outside strict mode.
        boolean isNull = nullable && row.text(12).equals("NULL") && !generated;
        if (extra.contains("invisible")) {
            relation.traits.add(Trait.OTHER);
        }
        ColumnType type = MariaDbTypes.type(new MariaDbTypes.Definition(
                row.text(4),
                row.text(5),
                Long.parseLong(row.text(6)),
                Integer.parseInt(row.text(7)),
                Integer.parseInt(row.text(8)),
                Integer.parseInt(row.text(9)),
                row.nullable(10),
                increments));
        relation.columns.add(new Column(
                MariaDbCatalog.lower(row.text(3)), type, nullable, !isNull, generated || extra.contains("on update")));
    }

    void uniqueKey(Row row) {
        Relation relation = relations.get(id(row, 1, 2));
        if (relation != null) {
            relation.uniqueKeys
                    .computeIfAbsent(row.text(3), name -> new ArrayList<>())
                    .add(MariaDbCatalog.lower(row.text(4)));
        }
    }

    void foreignKey(Row row) {
        Relation child = relations.get(id(row, 1, 2));
        if (child == null) {
            return;
        }
        Key key = child.keys.computeIfAbsent(
                row.text(3), name -> new Key(id(row, 4, 5), spreads(row.text(6)), spreads(row.text(7))));
        key.childColumns.add(MariaDbCatalog.lower(row.text(8)));
        key.columns.add(MariaDbCatalog.lower(row.text(9)));
    }

    /** In the notation of the server, with every table's schema. */
    void view(Row row) {
        Relation relation = relations.get(id(row, 1, 2));
        if (relation != null && relation.traits.contains(Trait.VIEW)) {
            String definition = row.nullable(3);
            relation.definition = definition == null ? "" : definition;
        }
    }

    private static boolean spreads(String rule) {
        return !rule.equals("RESTRICT") && !rule.equals("NO ACTION");
    }

    void trigger(Row row) {
        Relation relation = relations.get(id(row, 1, 2));
        if (relation != null) {
            relation.traits.add(Trait.TRIGGERS);
        }
    }

    /** Tables whose triggers the role may not see count as having some. */
    void triggersSeen(List<Row> privileges) {
        for (Map.Entry<String, Relation> entry : relations.entrySet()) {
            String schema = entry.getKey().substring(0, entry.getKey().indexOf('.'));
            String table = entry.getKey().substring(schema.length() + 1);
            boolean seen = privileges.stream()
                    .anyMatch(row -> matches(row.text(1), schema)
                            && (row.nullable(2) == null || row.text(2).equals(table)));
            if (!seen) {
                entry.getValue().traits.add(Trait.TRIGGERS);
            }
        }
    }

    /** Whether a schema's name matches the pattern that a privilege was granted for. */
    private static boolean matches(String pattern, String schema) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE)
                .matcher(schema)
                .matches();
    }

    Collection<Table> tables() {
        Map<String, List<Table.Reference>> references = new LinkedHashMap<>();
        for (Relation child : relations.values()) {
            for (Key key : child.keys.values()) {
                if (key.onDelete || key.onUpdate) {
                    references
                            .computeIfAbsent(key.parent, parent -> new ArrayList<>())
                            .add(new Table.Reference(
                                    child.name, key.childColumns, key.columns, key.onDelete, key.onUpdate));
                }
            }
        }
        List<Table> tables = new ArrayList<>();
        relations.forEach((id, relation) -> tables.add(table(relation, references.getOrDefault(id, List.of()))));
        return tables;
    }

    private static Table table(Relation relation, List<Table.Reference> references) {
        List<String> primaryKey = relation.uniqueKeys.getOrDefault("PRIMARY", List.of());
        relation.pinned.addAll(primaryKey);
        relation.uniqueKeys.values().stream().filter(key -> key.size() == 1).forEach(relation.pinned::addAll);
        relation.keys.values().forEach(key -> relation.pinned.addAll(key.childColumns));
        List<String> partitionColumns = new ArrayList<>();
        for (String name : relation.pinned) {
            Column column = relation.columns.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (column != null && isHashable(column) && partitionColumns.size() < MAX_PARTITION_COLUMNS) {
                partitionColumns.add(name);
            }
        }
        return new Table(
                relation.name,
                relation.columns,
                primaryKey,
                partitionColumns,
                references,
                Objects.requireNonNull(relation.traits),
                relation.definition,
                Set.of());
    }

    private static boolean isHashable(Column column) {
        ColumnType type = column.type();
        return type.equality() != ColumnType.Equality.UNKNOWN
                && type.kind() != ColumnType.Kind.FLOAT
                && !column.computed();
    }
}
