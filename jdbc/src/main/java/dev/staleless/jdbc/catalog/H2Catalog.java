package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of an H2 catalog.
 *
 * @param searchPath the current schema, then those in which an unqualified name is looked for after it
 * @param named tables by every name that a FROM may use, synonyms included
 * @param tables that are not the database's own
 * @param functions names of functions and aggregates that the database did not come with, in lower case
 */
record H2Catalog(
        long version,
        List<String> searchPath,
        Map<TableName, Table> named,
        Collection<Table> tables,
        Set<String> functions)
        implements SearchedCatalog {

    H2Catalog {
        searchPath = List.copyOf(searchPath);
        named = Map.copyOf(named);
        tables = List.copyOf(tables);
        functions = Set.copyOf(functions);
    }

    @Override
    public boolean searches(List<String> path) {
        return searchPath.equals(path);
    }

    @Override
    public Catalog within(List<String> path, long newVersion) {
        return new H2Catalog(newVersion, path, named, tables, functions);
    }

    @Override
    public @Nullable Table resolve(@Nullable String schema, String name) {
        if (schema != null) {
            return named.get(new TableName(schema, name));
        }
        for (String candidate : searchPath) {
            Table table = named.get(new TableName(candidate, name));
            if (table != null) {
                return table;
            }
        }
        return null;
    }

    @Override
    public @Nullable Table table(TableName name) {
        Table table = named.get(name);
        return table != null && table.name().equals(name) ? table : null;
    }

    @Override
    public boolean isUserFunction(String name) {
        return functions.contains(name.toLowerCase(Locale.ROOT));
    }
}
