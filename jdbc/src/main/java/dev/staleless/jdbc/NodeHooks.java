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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What frameworks tell a node, and ask it. */
final class NodeHooks implements FrameworkHooks {

    private final CatalogSource catalog;
    private final CacheStatistics statistics;
    private final Profiles profiles;
    private final Runnable enlist;
    /** The version of the catalog that was read again because of a table that is not there: it is not for another one. */
    private final AtomicLong refreshed = new AtomicLong(-1);

    /** @param enlist makes the tables of profiles cacheable */
    NodeHooks(CatalogSource catalog, CacheStatistics statistics, Profiles profiles, Runnable enlist) {
        this.catalog = catalog;
        this.statistics = statistics;
        this.profiles = profiles;
        this.enlist = enlist;
    }

    @Override
    public Map<String, Caching> entityProfiles() {
        return profiles.entities();
    }

    @Override
    public List<TableName> tables(@Nullable String schema, String name) {
        Catalog current = catalog.current();
        List<TableName> known = tables(schema, name, current);
        if (known.isEmpty() && refreshed.getAndSet(current.version()) != current.version()) {
            // it may have been made a moment ago
            Catalog now = catalog.refresh();
            refreshed.set(now.version());
            return tables(schema, name, now);
        }
        return known;
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
        if (more.isEmpty()) {
            return;
        }
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
