package dev.staleless.core.coordination;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.coordination.Directory.PartitionColumn;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts tables into the directory and makes their registries' creation marks.
 *
 * <p>A creation mark is made first, then a version is raised, then that version is written into the field named after the
 * mark: when the version is in force, every transaction that could have left its mark in an earlier registry has ended.
 *
 * <p>Names are taken out when no node wants them, in two steps: first nobody may read them, while writers still report; when that is
 * in force, and whoever wants one has put it back, those that are left go. Partition columns only become more. A table whose columns change gets a new generation:
 * no reader uses the new columns before every writer does.
 *
 * <p>{@code wanted}, {@code missing} and {@code scheduled} are guarded by this; no call goes out under the lock.
 */
final class Enlister {

    private static final Logger LOG = LoggerFactory.getLogger(Enlister.class);
    private static final Duration BACK = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration BACKGROUND_PAUSE = Duration.ofSeconds(1);

    private final Store store;
    private final Environment environment;
    private final Versions versions;
    private final Map<TableName, List<PartitionColumn>> wanted = new LinkedHashMap<>();
    private final Set<TableName> missing = new HashSet<>();
    private boolean scheduled;
    private volatile boolean closed;

    Enlister(Store store, Environment environment, Versions versions) {
        this.store = store;
        this.environment = environment;
        this.versions = versions;
    }

    boolean enlist(Collection<Table> tables, Duration timeout) {
        Set<TableName> names = new HashSet<>();
        synchronized (this) {
            for (Table table : tables) {
                names.add(table.name());
                wanted.put(table.name(), partitionColumns(table));
            }
        }
        boolean inForce = establish(names, new Deadline(environment.clock(), timeout));
        if (!inForce) {
            missing(names);
        }
        return inForce;
    }

    /** Makes the registries of these tables anew, and adds the tables where the directory lacks them, in the background. */
    void missing(Collection<TableName> tables) {
        synchronized (this) {
            missing.addAll(tables);
            if (scheduled || missing.isEmpty() || closed) {
                return;
            }
            scheduled = true;
        }
        environment.schedule(this::mend, Duration.ZERO);
    }

    /** To be called with each new reading: a directory that went back to an older one lacks names. */
    void applied(Reading reading) {
        List<TableName> lacking = new ArrayList<>();
        synchronized (this) {
            for (TableName table : wanted.keySet()) {
                Directory.Entry entry = reading.directory().entries().get(table);
                if (entry == null || entry.leaving()) {
                    lacking.add(table);
                }
            }
        }
        if (!lacking.isEmpty()) {
            missing(lacking);
        }
    }

    void close() {
        closed = true;
    }

    /**
     * Takes out the tables that no node wants.
     *
     * @return those taken out; what is not certain in time stays, and nobody reads it until a node wants it again
     */
    Set<TableName> takeOutUnused(Duration timeout) {
        Deadline deadline = new Deadline(environment.clock(), timeout);
        Long left = raised(deadline, this::leaving);
        if (left == null || !versions.awaitInForce(left, CoordinationTables.Stage.SEEN, deadline)) {
            return Set.of();
        }
        // those that want one have read that, and put it back meanwhile
        var unused = environment.latch().await(deadline.remaining(BACK));
        Set<TableName> gone = new HashSet<>();
        Long removed = raised(deadline, reading -> {
            gone.clear();
            return remaining(reading, gone);
        });
        return removed == null ? Set.of() : Set.copyOf(gone);
    }

    /** Raises the version with another directory, by a reading that is in force itself; null if not in time. */
    private @Nullable Long raised(Deadline deadline, Function<Reading, @Nullable Directory> change) {
        while (!deadline.passed()) {
            Reading reading = versions.reading();
            if (reading != null && versions.awaitInForce(reading.version(), CoordinationTables.Stage.SEEN, deadline)) {
                Directory directory = change.apply(reading);
                Long version =
                        directory == null ? Long.valueOf(reading.version()) : versions.raise(reading, null, directory);
                if (version != null) {
                    return version;
                }
            }
            if (!versions.refresh(deadline.remaining())) {
                var unused = environment.latch().await(deadline.remaining(PAUSE));
            }
        }
        return null;
    }

    /** Nobody may read what this node does not want; null if there is nothing like that. */
    private @Nullable Directory leaving(Reading reading) {
        Map<TableName, Directory.Entry> entries =
                new LinkedHashMap<>(reading.directory().entries());
        boolean changed = false;
        for (Map.Entry<TableName, Directory.Entry> each : entries.entrySet()) {
            if (!each.getValue().leaving() && !wants(each.getKey())) {
                each.setValue(each.getValue().left());
                changed = true;
            }
        }
        return changed ? new Directory(entries) : null;
    }

    /**
     * What remains when all that nobody may read is taken out; null if nothing is. That nobody may is in force, as the reading is: so
     * nobody does, whatever older reading it goes by; and the version is raised only if nobody has put one back since.
     */
    private @Nullable Directory remaining(Reading reading, Set<TableName> gone) {
        Map<TableName, Directory.Entry> entries =
                new LinkedHashMap<>(reading.directory().entries());
        entries.forEach((name, entry) -> {
            if (entry.leaving() && !wants(name)) {
                gone.add(name);
            }
        });
        entries.keySet().removeAll(gone);
        return gone.isEmpty() ? null : new Directory(entries);
    }

    private synchronized boolean wants(TableName name) {
        return wanted.containsKey(name);
    }

    private void mend() {
        Set<TableName> names;
        synchronized (this) {
            names = Set.copyOf(missing);
            missing.clear();
        }
        boolean done = closed || names.isEmpty() || attemptLogged(names) != null;
        synchronized (this) {
            if (!done) {
                missing.addAll(names);
            }
            scheduled = !closed && !names.isEmpty();
            if (!scheduled) {
                return;
            }
        }
        // even when done: the pause before the next run limits the rate at which an evicting store is written to
        environment.schedule(this::mend, BACKGROUND_PAUSE);
    }

    private boolean establish(Set<TableName> names, Deadline deadline) {
        while (true) {
            Long version = attemptLogged(names);
            if (version != null) {
                return versions.awaitInForce(version, CoordinationTables.Stage.SEEN, deadline);
            }
            if (deadline.passed()) {
                return false;
            }
            if (!versions.refresh(deadline.remaining())) {
                var unused = environment.latch().await(deadline.remaining(PAUSE));
            }
        }
    }

    private @Nullable Long attemptLogged(Set<TableName> names) {
        try {
            return attempt(names);
        } catch (StoreException | CoordinationException e) {
            LOG.warn("Tables could not be made cacheable yet: {}", names, e);
            return null;
        }
    }

    /** @return the version that has to be in force; null if another node was faster, or there is no reading */
    private @Nullable Long attempt(Set<TableName> names) {
        Reading reading = versions.reading();
        if (reading == null || names.isEmpty()) {
            return reading == null ? null : Long.valueOf(0);
        }
        long version = 0;
        Map<TableName, UUID> created = new LinkedHashMap<>();
        List<TableName> tables = List.copyOf(names);
        List<Registry> registries = store.registries(tables);
        for (int i = 0; i < tables.size(); i++) {
            Registry registry = registries.get(i);
            if (registry.creation() == null || registry.version() == null) {
                created.put(tables.get(i), store.createRegistry(tables.get(i)));
            } else {
                version = Math.max(version, registry.version());
            }
        }
        Directory added = add(reading, names);
        for (TableName table : tables) {
            Directory.Entry entry = reading.directory().entries().get(table);
            version = entry == null || entry.leaving() ? version : Math.max(version, entry.generation());
        }
        if (added == null && created.isEmpty()) {
            return version;
        }
        Long raised = versions.raise(reading, null, added);
        if (raised != null) {
            created.forEach((table, creation) -> store.confirmRegistry(table, creation, raised));
        }
        return raised;
    }

    /** The directory with what it lacks of these tables, or null if it lacks nothing. */
    private @Nullable Directory add(Reading reading, Set<TableName> names) {
        Map<TableName, Directory.Entry> entries =
                new LinkedHashMap<>(reading.directory().entries());
        boolean changed = false;
        synchronized (this) {
            for (TableName name : names) {
                Directory.Entry entry = entries.get(name);
                if ((entry == null || entry.leaving()) && !wanted.containsKey(name)) {
                    continue;
                }
                if (entry != null && entry.leaving()) {
                    entry = entry.back();
                    entries.put(name, entry);
                    changed = true;
                }
                Map<String, PartitionColumn> columns = new LinkedHashMap<>();
                if (entry != null) {
                    entry.partitionColumns().forEach(column -> columns.put(column.name(), column));
                }
                wanted.getOrDefault(name, List.of()).forEach(column -> columns.put(column.name(), column));
                List<PartitionColumn> all = List.copyOf(columns.values());
                if (entry == null || !entry.partitionColumns().equals(all)) {
                    entries.put(name, new Directory.Entry(reading.version() + 1, all));
                    changed = true;
                }
            }
        }
        return changed ? new Directory(entries) : null;
    }

    private static List<PartitionColumn> partitionColumns(Table table) {
        List<PartitionColumn> columns = new ArrayList<>();
        for (String name : table.partitionColumns()) {
            Column column = table.column(name);
            if (column != null) {
                columns.add(new PartitionColumn(name, column.type()));
            }
        }
        return columns;
    }
}
