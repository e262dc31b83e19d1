package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the rows of the catalog's queries, and makes tables of them once all are there. */
final class CatalogRows {

    /** More partition columns than this cost a writer more than they narrow. */
    private static final int MAX_PARTITION_COLUMNS = 8;

    private static final Set<String> SYSTEM_SCHEMAS = Set.of("pg_catalog", "information_schema");

    private final String coordinationSchema;
    private final boolean movesAreDeletes;
    private final Map<Long, Relation> relations = new HashMap<>();
    private final Set<TableName> sequences = new HashSet<>();
    private final Families families = new Families();

    /** What is collected of one relation. */
    static final class Relation {
        final TableName name;
        final Set<Trait> traits;
        final Map<Integer, Attribute> attributes = new HashMap<>();
        final List<Integer> numbers = new ArrayList<>();
        final List<ForeignKey> referredBy = new ArrayList<>();
        final Set<Integer> unprovenNotNull = new HashSet<>();
        final Set<Integer> pinned = new LinkedHashSet<>();
        List<Integer> primaryKey = List.of();

        @Nullable
        String definition;

        Relation(TableName name, Set<Trait> traits) {
            this.name = name;
            this.traits = traits;
        }

        List<String> names(List<Integer> columns) {
            return columns.stream().map(number -> attribute(number).name).toList();
        }

        Attribute attribute(Integer number) {
            return Objects.requireNonNull(attributes.get(number), () -> name + " has no column number " + number);
        }
    }

    record Attribute(
            String name,
            long type,
            int modifier,
            long collation,
            boolean notNull,
            boolean hasDefault,
            boolean computed) {}

    record ForeignKey(
            Relation child,
            List<Integer> childColumns,
            List<Integer> columns,
            Table.Action onDelete,
            Table.Action onUpdate,
            List<Integer> set,
            boolean enforced) {}

    /**
     * @param movesAreDeletes whether a row that an UPDATE moves to another partition is deleted and inserted as far as foreign keys
     *     are concerned (PostgreSQL before version 15)
     */
    CatalogRows(String coordinationSchema, boolean movesAreDeletes) {
        this.coordinationSchema = coordinationSchema;
        this.movesAreDeletes = movesAreDeletes;
    }

    void relation(ResultSet row) throws SQLException {
        TableName name = new TableName(row.getString(2), row.getString(3));
        char kind = row.getString(4).charAt(0);
        Set<Trait> traits = traits(name, kind);
        add(traits, Trait.TEMPORARY, row.getString(5).equals("t"));
        add(traits, Trait.ROW_SECURITY, row.getBoolean(6));
        add(traits, Trait.TRIGGERS, row.getBoolean(7));
        add(traits, Trait.ALTERING_TRIGGERS, row.getBoolean(8));
        add(traits, Trait.RULES, row.getBoolean(9));
        add(traits, Trait.OTHER, row.getBoolean(10));
        relations.put(row.getLong(1), new Relation(name, traits));
        if (kind == 'S') {
            sequences.add(name);
        }
    }

    private Set<Trait> traits(TableName name, char kind) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        add(traits, Trait.VIEW, kind == 'v');
        add(traits, Trait.MATERIALIZED_VIEW, kind == 'm');
        add(traits, Trait.FOREIGN, kind == 'f');
        add(traits, Trait.OTHER, kind == 'S');
        boolean ours = name.schema().equals(coordinationSchema) && name.name().startsWith("staleless_");
        add(traits, Trait.SYSTEM, ours || SYSTEM_SCHEMAS.contains(name.schema()));
        return traits;
    }

    private static void add(Set<Trait> traits, Trait trait, boolean present) {
        if (present) {
            traits.add(trait);
        }
    }

    void parent(ResultSet row) throws SQLException {
        Relation child = relations.get(row.getLong(1));
        Relation parent = relations.get(row.getLong(2));
        if (child != null && parent != null) {
            families.add(child, parent, row.getBoolean(3));
        }
    }

    void definition(ResultSet row) throws SQLException {
        Relation relation = relations.get(row.getLong(1));
        if (relation != null) {
            relation.definition = row.getString(2);
        }
    }

    void column(ResultSet row) throws SQLException {
        Relation relation = relations.get(row.getLong(1));
        if (relation == null) {
            return;
        }
        boolean generated = row.getBoolean(10);
        // atthasdef is set for generated columns too: in an INSERT they hold something else than NULL as well.
        boolean hasDefault = row.getBoolean(8) || row.getBoolean(9);
        int number = row.getInt(2);
        relation.numbers.add(number);
        relation.attributes.put(
                number,
                new Attribute(
                        row.getString(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getLong(6),
                        row.getBoolean(7),
                        hasDefault,
                        generated));
    }

    void uniqueKey(ResultSet row) throws SQLException {
        Relation relation = relations.get(row.getLong(1));
        if (relation == null) {
            return;
        }
        List<Integer> columns = new ArrayList<>();
        for (String number : row.getString(3).split(" ")) {
            if (columns.size() < row.getInt(4)) {
                columns.add(Integer.valueOf(number));
            }
        }
        if (row.getBoolean(2)) {
            relation.primaryKey = columns;
        }
        if (row.getBoolean(2) || columns.size() == 1) {
            relation.pinned.addAll(columns);
        }
    }

    void foreignKey(ResultSet row) throws SQLException {
        Relation child = relations.get(row.getLong(1));
        Relation parent = relations.get(row.getLong(3));
        if (child == null || parent == null) {
            return;
        }
        List<Integer> childColumns = numbers(row, 2);
        child.pinned.addAll(childColumns);
        List<Integer> set = row.getArray(7) == null ? childColumns : numbers(row, 7);
        parent.referredBy.add(new ForeignKey(
                child,
                childColumns,
                numbers(row, 4),
                action(row.getString(5)),
                action(row.getString(6)),
                set,
                row.getBoolean(8)));
    }

    private static Table.Action action(String code) {
        return switch (code) {
            case "a", "r" -> Table.Action.NONE;
            case "c" -> Table.Action.CASCADE;
            case "n" -> Table.Action.SET_NULL;
            case "d" -> Table.Action.SET_DEFAULT;
            default -> Table.Action.UNKNOWN;
        };
    }

    private static List<Integer> numbers(ResultSet row, int column) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        for (Object number : (Object[]) row.getArray(column).getArray()) {
            numbers.add(((Number) number).intValue());
        }
        return numbers;
    }

    void unprovenNotNull(ResultSet row) throws SQLException {
        Relation relation = relations.get(row.getLong(1));
        if (relation != null) {
            relation.unprovenNotNull.addAll(numbers(row, 2));
        }
    }

    /** The relations that are no tables or views, but may be named in their place. */
    Set<TableName> sequences() {
        return sequences;
    }

    Map<TableName, Table> tables(PostgresTypes types) {
        Map<TableName, Table> tables = new HashMap<>();
        for (Relation relation : relations.values()) {
            tables.put(relation.name, table(relation, types));
        }
        return tables;
    }

    private Table table(Relation relation, PostgresTypes types) {
        List<Column> columns = new ArrayList<>();
        for (Integer number : relation.numbers) {
            Attribute attribute = relation.attribute(number);
            columns.add(new Column(
                    attribute.name,
                    types.type(attribute.type, attribute.modifier, attribute.collation),
                    !attribute.notNull || relation.unprovenNotNull.contains(number),
                    attribute.hasDefault || types.hasDefault(attribute.type),
                    attribute.computed));
        }
        Relation whole = families.whole(relation);
        return new Table(
                whole.name,
                columns,
                families.hasChildren(relation) ? List.of() : whole.names(whole.primaryKey),
                partitionColumns(whole, types),
                references(whole),
                traits(relation, whole),
                relation.definition,
                families.overlaps(relation));
    }

    private Set<Trait> traits(Relation relation, Relation whole) {
        Set<Trait> traits = families.traits(whole);
        add(traits, Trait.PARTITION, relation != whole);
        boolean moves = movesAreDeletes && families.parts(whole).size() > 1;
        add(
                traits,
                Trait.OTHER,
                moves
                        && references(whole).stream()
                                .anyMatch(key -> key.onDelete().spreads()));
        return traits;
    }

    /** Whether a foreign key of the table is one of all its rows. */
    private boolean isUndivided(Relation whole) {
        return families.parts(whole).size() == 1;
    }

    /** Of a table with partitions, those that refer to any part of it. */
    private List<Table.Reference> references(Relation whole) {
        List<Table.Reference> references = new ArrayList<>();
        for (Relation part : families.parts(whole)) {
            for (ForeignKey key : part.referredBy) {
                references.add(new Table.Reference(
                        families.whole(key.child).name,
                        key.child.names(key.childColumns),
                        part.names(key.columns),
                        key.onDelete,
                        key.onUpdate,
                        key.child.names(key.set),
                        key.enforced && isUndivided(whole) && isUndivided(families.whole(key.child))));
            }
        }
        return references;
    }

    /** Keys first, then foreign keys; only columns whose values can be told apart, and that a writer can name. */
    private static List<String> partitionColumns(Relation relation, PostgresTypes types) {
        List<String> columns = new ArrayList<>();
        for (Integer number : relation.pinned) {
            Attribute attribute = relation.attribute(number);
            ColumnType type = types.type(attribute.type, attribute.modifier, attribute.collation);
            boolean hashable = type.equality() != ColumnType.Equality.UNKNOWN && type.kind() != ColumnType.Kind.FLOAT;
            if (hashable && !attribute.computed && columns.size() < MAX_PARTITION_COLUMNS) {
                columns.add(attribute.name);
            }
        }
        return columns;
    }
}
