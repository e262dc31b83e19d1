package dev.staleless.jdbc;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.framework.FrameworkHooks;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What frameworks tell a node, and ask it.
 *
 * @param enlist makes the tables of profiles cacheable, in the background
 */
record NodeHooks(CatalogSource catalog, CacheStatistics statistics, Profiles profiles, Runnable enlist)
        implements FrameworkHooks {

    @Override
    public Map<String, Caching> entityProfiles() {
        return profiles.entities();
    }

    @Override
    public List<TableName> tables(@Nullable String schema, String name) {
        List<TableName> known = tables(schema, name, catalog.current());
        // it may have been made a moment ago
        return known.isEmpty() ? tables(schema, name, catalog.refresh()) : known;
    }

    private static List<TableName> tables(@Nullable String schema, String name, Catalog catalog) {
        Table found = catalog.resolve(schema, name);
        List<Table> meant = found != null
                ? List.of(found)
                : catalog.tables().stream()
                        .filter(table -> table.name().name().equalsIgnoreCase(name)
                                && (schema == null || table.name().schema().equalsIgnoreCase(schema)))
                        .toList();
        return meant.stream()
                .filter(table -> !table.is(Table.Trait.VIEW))
                .map(Table::name)
                .toList();
    }

    @Override
    public void profiles(Map<TableName, Caching> more) {
        profiles.add(more.entrySet().stream()
                .map(each -> new Profile(
                        new TablePattern(each.getKey().schema(), each.getKey().name()),
                        each.getValue().ops(),
                        each.getValue().keeping()))
                .toList());
        enlist.run();
    }

    @Override
    public void listen(CacheListener listener) {
        statistics.add(listener);
    }

    @Override
    public void unlisten(CacheListener listener) {
        statistics.remove(listener);
    }
}
