package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a MariaDB catalog. A schema is a database. All names are in lower case, whatever the server's setting says:
 * where it tells two tables apart by case alone, neither is known.
 */
final class MariaDbCatalog implements SearchedCatalog {

    private final long version;
    private final List<String> searchPath;
    private final Map<TableName, Table> tables;
    private final Set<String> functions;
    private final List<Table> listed;

    /**
     * @param searchPath the database that unqualified names are looked for in; empty if none is chosen
     * @param functions names of functions that the database did not come with
     */
    MariaDbCatalog(long version, List<String> searchPath, Collection<Table> tables, Set<String> functions) {
        this.version = version;
        this.searchPath = lower(searchPath);
        this.tables = unambiguous(tables);
        this.functions = Set.copyOf(functions);
        this.listed = this.tables.values().stream()
                .filter(table -> !table.is(Table.Trait.SYSTEM))
                .toList();
    }

    private MariaDbCatalog(long version, List<String> searchPath, MariaDbCatalog same) {
        this.version = version;
        this.searchPath = lower(searchPath);
        this.tables = same.tables;
        this.functions = same.functions;
        this.listed = same.listed;
    }

    private static Map<TableName, Table> unambiguous(Collection<Table> tables) {
        Map<TableName, Table> byName = new HashMap<>();
        Set<TableName> twice = new HashSet<>();
        for (Table table : tables) {
            if (byName.put(table.name(), table) != null) {
                twice.add(table.name());
            }
        }
        byName.keySet().removeAll(twice);
        return Map.copyOf(byName);
    }

    private static List<String> lower(List<String> path) {
        return path.stream().map(MariaDbCatalog::lower).toList();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public Catalog within(List<String> path, long newVersion) {
        return new MariaDbCatalog(newVersion, path, this);
    }

    @Override
    public boolean searches(List<String> path) {
        return searchPath.equals(lower(path));
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public @Nullable Table resolve(@Nullable String schema, String name) {
        if (schema == null && searchPath.isEmpty()) {
            return null;
        }
        return table(new TableName(schema == null ? searchPath.get(0) : schema, name));
    }

    @Override
    public @Nullable Table table(TableName name) {
        return tables.get(new TableName(lower(name.schema()), lower(name.name())));
    }

    @Override
    public Collection<Table> tables() {
        return listed;
    }

    @Override
    public boolean isUserFunction(String name) {
        return functions.contains(lower(name));
    }
}
