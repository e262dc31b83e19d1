package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The data of the store's server, each of whose commands is one step. */
final class SimulatedServer {

    /** Few, so that logs are trimmed. */
    private static final int KEPT_ELEMENTS = 4;

    /** A table's in-flight registry. */
    static final class InFlight {
        @Nullable
        UUID creation;

        @Nullable
        String creationServer;

        final Map<UUID, Long> versions = new HashMap<>();
        final Set<Mark> marks = new LinkedHashSet<>();

        InFlight copy() {
            InFlight copy = new InFlight();
            copy.creation = creation;
            copy.creationServer = creationServer;
            copy.versions.putAll(versions);
            copy.marks.addAll(marks);
            return copy;
        }
    }

    private final Simulation simulation;
    Map<String, Entry> entries = new HashMap<>();
    Map<Partition, List<Element>> logs = new HashMap<>();
    Map<TableName, InFlight> registries = new HashMap<>();
    final Map<String, Claimed> claims = new HashMap<>();
    String id;

    /** Who fills an entry, and until when that counts. */
    record Claimed(UUID holder, long until) {}

    /** The epoch in use, which it knows nothing of. */
    Supplier<UUID> epoch = () -> new UUID(0, 0);

    /** Nodes that do not reach it. */
    final Set<String> unreachable = new HashSet<>();

    SimulatedServer(Simulation simulation) {
        this.simulation = simulation;
        id = "server" + simulation.nextId();
    }

    void append(Partition partition, Element element) {
        List<Element> log = logs.computeIfAbsent(partition, p -> new ArrayList<>());
        log.add(0, element);
        while (log.size() > KEPT_ELEMENTS) {
            log.remove(log.size() - 1);
        }
    }

    /** Everything is gone. */
    void flush() {
        entries.clear();
        logs.clear();
        registries.clear();
    }

    void evictLogs() {
        logs.clear();
    }

    void evictRegistries() {
        registries.clear();
    }

    /** What is there now, to go back to. */
    Runnable snapshot() {
        Map<String, Entry> oldEntries = new HashMap<>(entries);
        Map<Partition, List<Element>> oldLogs = new HashMap<>();
        logs.forEach((partition, log) -> oldLogs.put(partition, new ArrayList<>(log)));
        Map<TableName, InFlight> oldRegistries = new HashMap<>();
        registries.forEach((table, registry) -> oldRegistries.put(table, registry.copy()));
        return () -> {
            entries = oldEntries;
            logs = oldLogs;
            registries = oldRegistries;
            id = "server" + simulation.nextId();
        };
    }
}
