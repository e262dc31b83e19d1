package dev.staleless.jdbc;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.protocol.ResultCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Makes tables cacheable: those that profiles name at the start, those that a scope or a hint asks for when they first do.
 * Safe for any thread.
 */
final class Enlistment {

    /** How long the start, or the background, waits for the other nodes; they go on by themselves after that. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Set<Trait> UNCACHEABLE =
            Set.of(Trait.VIEW, Trait.FOREIGN, Trait.TEMPORARY, Trait.SYSTEM, Trait.ROW_SECURITY, Trait.OTHER);

    private final ResultCache cache;
    private final Supplier<Catalog> catalog;
    private final Environment environment;
    private final Set<TableName> enlisted = ConcurrentHashMap.newKeySet();

    Enlistment(ResultCache cache, Supplier<Catalog> catalog, Environment environment) {
        this.cache = cache;
        this.catalog = catalog;
        this.environment = environment;
    }

    /** Enlists the tables that profiles cache something of, and waits until that is in force. */
    void atStart(Profiles profiles) {
        enlist(listed(profiles));
    }

    private List<Table> listed(Profiles profiles) {
        List<Table> tables = new ArrayList<>();
        for (Table table : catalog.get().tables()) {
            Profile profile = profiles.of(table.name());
            if (profile != null && !profile.ops().operations().isEmpty() && isCacheable(table)) {
                tables.add(table);
            }
        }
        return tables;
    }

    /** Queries on anything else are never cached, so its writes need not be reported. */
    static boolean isCacheable(Table table) {
        return UNCACHEABLE.stream().noneMatch(table::is)
                && (table.definition() != null || !table.is(Trait.MATERIALIZED_VIEW));
    }

    /** Enlists in the background what is not enlisted yet. */
    void asked(Collection<TableName> names) {
        if (enlisted.containsAll(names)) {
            return;
        }
        List<Table> missing = new ArrayList<>();
        for (TableName name : names) {
            Table table = enlisted.contains(name) ? null : catalog.get().table(name);
            if (table != null && isCacheable(table) && enlisted.add(name)) {
                missing.add(table);
            }
        }
        if (!missing.isEmpty()) {
            environment.start("staleless-enlist", () -> cache.enlist(missing, TIMEOUT));
        }
    }

    /** Enlists a table that no catalog knows, in the background, if it is not enlisted yet. */
    void asked(Table table) {
        if (enlisted.add(table.name())) {
            environment.start("staleless-enlist", () -> cache.enlist(List.of(table), TIMEOUT));
        }
    }

    /** As at the start, by the catalog as it is now, in the background. */
    void again(Profiles profiles) {
        List<Table> tables = new ArrayList<>(listed(profiles));
        for (TableName name : enlisted) {
            Table table = catalog.get().table(name);
            if (table != null && isCacheable(table) && !tables.contains(table)) {
                tables.add(table);
            }
        }
        environment.start("staleless-enlist", () -> enlist(tables));
    }

    private void enlist(List<Table> tables) {
        tables.forEach(table -> enlisted.add(table.name()));
        if (!tables.isEmpty()) {
            cache.enlist(tables, TIMEOUT);
        }
    }
}
