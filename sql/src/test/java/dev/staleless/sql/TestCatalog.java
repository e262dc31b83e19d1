package dev.staleless.sql;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.catalog.TriggerEffects;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A catalog of tables in the schema {@code public}, made by hand. */
public final class TestCatalog implements Catalog {

    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, TriggerEffects> effects = new HashMap<>();
    private final Set<String> functions;

    private TestCatalog(Set<String> functions) {
        this.functions = functions;
    }

    /** An empty catalog with these user-defined functions. */
    public static TestCatalog withFunctions(String... functions) {
        return new TestCatalog(Set.of(functions));
    }

    /**
     * Adds a table.
     *
     * @param columns like {@code id int pk}, {@code name text}, {@code total decimal default}, {@code full text computed}
     */
    public TestCatalog table(String name, String... columns) {
        List<Column> list = new ArrayList<>();
        List<String> key = new ArrayList<>();
        for (String column : columns) {
            List<String> words = Arrays.asList(column.split(" "));
            boolean primary = words.contains("pk");
            list.add(new Column(
                    words.get(0), type(words.get(1)), !primary, words.contains("default"), words.contains("computed")));
            if (primary) {
                key.add(words.get(0));
            }
        }
        put(new Table(new TableName("public", name), list, key, key, List.of(), Set.of()));
        return this;
    }

    public TestCatalog traits(String name, Trait first, Trait... more) {
        Table table = table(name);
        put(new Table(
                table.name(),
                table.columns(),
                table.primaryKey(),
                table.partitionColumns(),
                table.foreignKeys(),
                EnumSet.of(first, more)));
        return this;
    }

    /** Makes a table the view that this text defines. */
    public TestCatalog view(String name, Trait kind, String definition) {
        put(new Table(
                new TableName("public", name),
                table(name).columns(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(kind),
                definition,
                Set.of()));
        return this;
    }

    /** Two tables of which one inherits from the other. */
    public TestCatalog inherits(String child, String parent) {
        overlap(child, parent);
        overlap(parent, child);
        return this;
    }

    private void overlap(String name, String other) {
        Table table = table(name);
        Set<Trait> traits = EnumSet.of(Trait.INHERITANCE);
        traits.addAll(table.traits());
        put(new Table(
                table.name(),
                table.columns(),
                table.primaryKey(),
                table.partitionColumns(),
                table.foreignKeys(),
                traits,
                null,
                Set.of(new TableName("public", other))));
    }

    /** A foreign key of which it is only known whether it acts. */
    public TestCatalog foreignKey(
            String child, String childColumn, String parent, String column, boolean onDelete, boolean onUpdate) {
        return foreignKey(
                child,
                childColumn,
                parent,
                column,
                onDelete ? Action.UNKNOWN : Action.NONE,
                onUpdate ? Action.UNKNOWN : Action.NONE);
    }

    public TestCatalog foreignKey(
            String child, String childColumn, String parent, String column, Action onDelete, Action onUpdate) {
        return foreignKey(
                parent,
                new Reference(
                        new TableName("public", child), List.of(childColumn), List.of(column), onDelete, onUpdate));
    }

    /** A foreign key that is enforced. */
    public TestCatalog enforced(
            String child, String childColumn, String parent, String column, Action onDelete, Action onUpdate) {
        return foreignKey(
                parent,
                new Reference(
                        new TableName("public", child),
                        List.of(childColumn),
                        List.of(column),
                        onDelete,
                        onUpdate,
                        List.of(childColumn),
                        true));
    }

    private TestCatalog foreignKey(String parent, Reference reference) {
        Table table = table(parent);
        List<Reference> references = new ArrayList<>(table.foreignKeys());
        references.add(reference);
        put(new Table(
                table.name(),
                table.columns(),
                table.primaryKey(),
                table.partitionColumns(),
                references,
                table.traits()));
        return this;
    }

    /** Declares what the triggers of a table change. */
    public TestCatalog triggers(String name, Set<String> tables, @Nullable Set<String> columns) {
        Set<TableName> names = new HashSet<>();
        tables.forEach(table -> names.add(new TableName("public", table)));
        effects.put(name, new TriggerEffects(names, columns));
        return this;
    }

    private void put(Table table) {
        tables.put(table.name().name(), table);
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no table " + name);
        }
        return table;
    }

    private static ColumnType type(String name) {
        return switch (name) {
            case "int" -> new ColumnType(Kind.INTEGER, -1, -1, Equality.EXACT);
            case "decimal" -> new ColumnType(Kind.DECIMAL, 10, 2, Equality.EXACT);
            case "text" -> new ColumnType(Kind.TEXT, -1, -1, Equality.EXACT);
            case "boolean" -> new ColumnType(Kind.BOOLEAN, -1, -1, Equality.EXACT);
            case "date" -> new ColumnType(Kind.DATE, -1, -1, Equality.EXACT);
            case "time" -> new ColumnType(Kind.TIME, 6, -1, Equality.EXACT);
            case "timestamp" -> new ColumnType(Kind.TIMESTAMP, 6, -1, Equality.EXACT);
            case "uuid" -> new ColumnType(Kind.UUID, -1, -1, Equality.EXACT);
            default -> ColumnType.UNKNOWN;
        };
    }

    @Override
    public long version() {
        return 1;
    }

    @Override
    public @Nullable Table resolve(@Nullable String schema, String name) {
        return schema == null || schema.equals("public") ? tables.get(name) : null;
    }

    @Override
    public @Nullable Table table(TableName name) {
        return resolve(name.schema(), name.name());
    }

    @Override
    public Collection<Table> tables() {
        return tables.values();
    }

    @Override
    public @Nullable TriggerEffects triggerEffects(TableName table) {
        return effects.get(table.name());
    }

    @Override
    public boolean isUserFunction(String name) {
        return functions.contains(name);
    }
}
