package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of a PostgreSQL catalog. */
final class PostgresCatalog implements SearchedCatalog {

    private static final String SYSTEM = "pg_catalog";

    private final long version;
    private final List<String> searchPath;
    private final Map<TableName, Table> relations;
    private final Set<String> functions;
    private final List<Table> tables;

    /**
     * @param searchPath schemas in which an unqualified name is looked for, in this order
     * @param relations everything that a FROM may name, that of the database's own included
     * @param other those relations that are neither tables nor views
     * @param functions names of functions that the database did not come with
     */
    PostgresCatalog(
            long version,
            List<String> searchPath,
            Map<TableName, Table> relations,
            Set<TableName> other,
            Set<String> functions) {
        this.version = version;
        this.searchPath = List.copyOf(searchPath);
        this.relations = Map.copyOf(relations);
        this.functions = Set.copyOf(functions);
        List<Table> listed = new ArrayList<>();
        relations.forEach((name, table) -> {
            boolean part = !name.equals(table.name());
            if (!part && !table.is(Table.Trait.SYSTEM) && !other.contains(name)) {
                listed.add(table);
            }
        });
        this.tables = List.copyOf(listed);
    }

    private PostgresCatalog(long version, List<String> searchPath, PostgresCatalog same) {
        this.version = version;
        this.searchPath = searchPath;
        this.relations = same.relations;
        this.functions = same.functions;
        this.tables = same.tables;
    }

    @Override
    public PostgresCatalog within(List<String> path, long newVersion) {
        return new PostgresCatalog(newVersion, withSystem(path), this);
    }

    @Override
    public boolean searches(List<String> path) {
        return searchPath.equals(withSystem(path));
    }

    /** The system's schema is searched first unless the path names it elsewhere. */
    private static List<String> withSystem(List<String> path) {
        if (path.contains(SYSTEM)) {
            return path;
        }
        List<String> whole = new ArrayList<>();
        whole.add(SYSTEM);
        whole.addAll(path);
        return whole;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public @Nullable Table resolve(@Nullable String schema, String name) {
        if (schema != null) {
            return table(new TableName(schema, name));
        }
        for (String candidate : searchPath) {
            Table table = table(new TableName(candidate, name));
            if (table != null) {
                return table;
            }
        }
        return null;
    }

    @Override
    public @Nullable Table table(TableName name) {
        return relations.get(name);
    }

    @Override
    public Collection<Table> tables() {
        return tables;
    }

    @Override
    public boolean isUserFunction(String name) {
        return functions.contains(name.toLowerCase(Locale.ROOT));
    }
}
