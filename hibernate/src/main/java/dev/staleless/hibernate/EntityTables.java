package dev.staleless.hibernate;

import dev.staleless.core.catalog.TableName;
import dev.staleless.jdbc.framework.FrameworkHooks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/**
 * The tables of entities as the catalog has them. A table belongs to the highest class of a hierarchy that is stored in it, with the
 * tables of its collections and its secondary tables; an entity is stored in its own tables and in those of the classes above it.
 */
final class EntityTables {

    /**
     * An entity.
     *
     * @param type its class; null for a dynamic one
     * @param stored in which tables it is stored
     */
    record Entity(String name, @Nullable Class<?> type, Set<TableName> stored) {}

    private final List<Entity> fromTheTop;
    private final Map<TableName, String> owners;

    private EntityTables(List<Entity> fromTheTop, Map<TableName, String> owners) {
        this.fromTheTop = fromTheTop;
        this.owners = owners;
    }

    static EntityTables of(Metadata metadata, SqlStringGenerationContext context, FrameworkHooks hooks) {
        Map<String, List<Table>> ofCollections = new HashMap<>();
        for (Collection collection : metadata.getCollectionBindings()) {
            if (!collection.isOneToMany() && collection.getCollectionTable() != null) {
                ofCollections
                        .computeIfAbsent(collection.getOwner().getEntityName(), name -> new ArrayList<>())
                        .add(collection.getCollectionTable());
            }
        }
        List<PersistentClass> classes = new ArrayList<>(metadata.getEntityBindings());
        classes.sort(Comparator.comparingInt(EntityTables::depth).thenComparing(PersistentClass::getEntityName));
        Names names = new Names(context, hooks);
        Map<TableName, String> owners = new LinkedHashMap<>();
        List<Entity> entities = new ArrayList<>();
        for (PersistentClass each : classes) {
            Set<TableName> own = own(each, ofCollections, names);
            own.forEach(table -> owners.putIfAbsent(table, each.getEntityName()));
            Set<TableName> stored = new LinkedHashSet<>(own);
            for (PersistentClass above = each.getSuperclass(); above != null; above = above.getSuperclass()) {
                stored.addAll(own(above, ofCollections, names));
            }
            entities.add(new Entity(
                    each.getEntityName(), each.hasPojoRepresentation() ? each.getMappedClass() : null, stored));
        }
        return new EntityTables(entities, owners);
    }

    private static int depth(PersistentClass entity) {
        int depth = 0;
        for (PersistentClass above = entity.getSuperclass(); above != null; above = above.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    private static Set<TableName> own(PersistentClass entity, Map<String, List<Table>> ofCollections, Names names) {
        Set<TableName> own = new LinkedHashSet<>(names.of(entity.getTable()));
        entity.getJoins().forEach(join -> own.addAll(names.of(join.getTable())));
        ofCollections.getOrDefault(entity.getEntityName(), List.of()).forEach(table -> own.addAll(names.of(table)));
        return own;
    }

    /** What tables are called in the catalog. On MariaDB a schema is what Hibernate calls a catalog. */
    private record Names(SqlStringGenerationContext context, FrameworkHooks hooks, Map<Table, List<TableName>> known) {

        Names(SqlStringGenerationContext context, FrameworkHooks hooks) {
            this(context, hooks, new HashMap<>());
        }

        List<TableName> of(Table table) {
            return table.isPhysicalTable() ? known.computeIfAbsent(table, this::find) : List.of();
        }

        private List<TableName> find(Table table) {
            String schema = first(text(context.getDefaultSchema()), table.getSchema());
            String catalog = first(text(context.getDefaultCatalog()), table.getCatalog());
            return hooks.tables(schema == null ? catalog : schema, table.getName());
        }

        private static @Nullable String text(@Nullable Identifier identifier) {
            return identifier == null ? null : identifier.getText();
        }

        private static @Nullable String first(@Nullable String otherwise, @Nullable String said) {
            return said == null ? otherwise : said;
        }
    }

    /** Every entity, those above others first. */
    List<Entity> fromTheTop() {
        return fromTheTop;
    }

    /** Name of the entity that a table belongs to; null if it belongs to none. */
    @Nullable
    String owner(TableName table) {
        return owners.get(table);
    }
}
