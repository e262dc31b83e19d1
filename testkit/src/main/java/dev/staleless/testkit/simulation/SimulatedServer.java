package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data of the store, each of whose commands is one step. It lies on three servers, each of which can fail by itself: registries on
 * one, the logs of whole tables and the rest logs on another, the other logs and the entries on the third.
 */
final class SimulatedServer {

    static final int SERVERS = 3;
    static final int HOLDING_REGISTRIES = 0;
    static final int HOLDING_ENTRIES = 2;

    /** What may change the data of all servers. */
    static final Footprint ALL = Footprint.writes(name(0), name(1), name(2));

    /** Few, so that logs are trimmed. */
    static final int KEPT_ELEMENTS = 4;

    /** A table's in-flight registry. */
    static final class InFlight {
        @Nullable
        UUID creation;

        @Nullable
        String creationServer;

        final Map<UUID, Long> versions = new HashMap<>();
        final Set<Mark> marks = new LinkedHashSet<>();

        long digest() {
            long digest = creation == null ? 0 : SimulatedServer.digest(1, creation);
            digest = Histories.mix(digest, creationServer == null ? 0 : creationServer.hashCode());
            for (Map.Entry<UUID, Long> version : versions.entrySet()) {
                digest += SimulatedServer.digest(version.getValue(), version.getKey());
            }
            return digest;
        }

        long digestOfMarks() {
            long digest = 0;
            for (Mark mark : marks) {
                digest = SimulatedServer.digest(digest, mark.transaction());
            }
            return digest;
        }

        InFlight copy() {
            InFlight copy = new InFlight();
            copy.creation = creation;
            copy.creationServer = creationServer;
            copy.versions.putAll(versions);
            copy.marks.addAll(marks);
            return copy;
        }
    }

    Map<String, Entry> entries = new HashMap<>();
    Map<Partition, List<Element>> logs = new HashMap<>();
    Map<TableName, InFlight> registries = new HashMap<>();
    final Map<String, Claimed> claims = new HashMap<>();

    /** Which process each is, and which history of its data it follows. */
    private final String[] processes = new String[SERVERS];

    private final String[] histories = new String[SERVERS];
    private final int[] started = new int[SERVERS];
    private final int[] turned = new int[SERVERS];

    /** Who fills an entry, and until when that counts. */
    record Claimed(UUID holder, long until) {}

    /** The epoch in use, which it knows nothing of. */
    Supplier<UUID> epoch = () -> new UUID(0, 0);

    /** How long what nobody waits for is on its way, by node. */
    final Map<String, Duration> slowMessages = new HashMap<>();

    /** Connections that are told of changes of logs. */
    final List<SimulatedTracker> trackers = new ArrayList<>();

    /** How long what they are told is on its way. */
    Duration tellingTakes = Duration.ZERO;

    /** Nodes that do not reach it. */
    final Set<String> unreachable = new HashSet<>();

    SimulatedServer() {
        for (int server = 0; server < SERVERS; server++) {
            restart(server);
        }
    }

    /** As a part of footprints: all steps at a server read it; what writes it may change all that is there. */
    static String name(int server) {
        return "server " + server;
    }

    static int holding(Partition log) {
        return log.kind() == Partition.Kind.VALUE ? HOLDING_ENTRIES : 1;
    }

    /** The ids of a server: another after a restart, a fail-over or a change of its role. */
    String ids(int server) {
        return processes[server] + " " + histories[server];
    }

    /** The id of its process only, which says nothing of changes of its role. */
    String process(int server) {
        return processes[server];
    }

    private void restart(int server) {
        processes[server] = "process " + server + "." + ++started[server];
        turn(server);
    }

    /** It follows another history, which nobody has seen before: of how many is told by the server alone. */
    private void turn(int server) {
        histories[server] = "history " + server + "." + ++turned[server];
        // whoever changes its role, or starts, has no connections
        trackers.forEach(SimulatedTracker::disconnected);
    }

    void append(Partition partition, Element element) {
        List<Element> log = logs.computeIfAbsent(partition, p -> new ArrayList<>());
        log.add(0, element);
        while (log.size() > KEPT_ELEMENTS) {
            log.remove(log.size() - 1);
        }
        trackers.forEach(tracker -> tracker.changed(partition));
    }

    /** Everything is gone. */
    void flush() {
        entries.clear();
        claims.clear();
        evictLogs();
        registries.clear();
    }

    void evictLogs() {
        logs.clear();
        trackers.forEach(SimulatedTracker::changedAll);
    }

    void evictRegistries() {
        registries.clear();
    }

    void evictEntries() {
        entries.clear();
    }

    /** What is there now, to go back to. */
    Snapshot snapshot() {
        return new Snapshot();
    }

    /** What was there. */
    final class Snapshot {
        private final Map<String, Entry> oldEntries = new HashMap<>(entries);
        private final Map<Partition, List<Element>> oldLogs = new HashMap<>();
        private final Map<TableName, InFlight> oldRegistries = new HashMap<>();

        private Snapshot() {
            logs.forEach((partition, log) -> oldLogs.put(partition, List.copyOf(log)));
            registries.forEach((table, registry) -> oldRegistries.put(table, registry.copy()));
        }

        /** All servers were restarted with it. */
        void restartAll() {
            for (int server = 0; server < SERVERS; server++) {
                failOver(server);
            }
        }

        /** A replica that had not received more took the server's place. */
        void failOver(int server) {
            restore(server);
            restart(server);
        }

        /** The server followed another one, which had only this, and then took its place. */
        void demoteAndPromote(int server) {
            restore(server);
            turn(server);
        }

        private void restore(int server) {
            if (server == HOLDING_REGISTRIES) {
                registries.clear();
                oldRegistries.forEach((table, registry) -> registries.put(table, registry.copy()));
                return;
            }
            logs.keySet().removeIf(partition -> holding(partition) == server);
            oldLogs.forEach((partition, log) -> {
                if (holding(partition) == server) {
                    logs.put(partition, new ArrayList<>(log));
                }
            });
            if (server == HOLDING_ENTRIES) {
                claims.clear();
                entries.clear();
                entries.putAll(oldEntries);
            }
        }
    }

    /** What is there, of which a node may be told: an entry, a log or a registry, or everything. */
    long digest(Predicate<String> concerned) {
        long digest = unreachable.hashCode();
        for (int server = 0; server < SERVERS; server++) {
            digest += concerned.test(name(server))
                    ? Histories.mix(server, ids(server).hashCode())
                    : 0;
        }
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (concerned.test("entry " + entry.getKey())) {
                digest += Histories.mix(
                        entry.getKey().hashCode(), digest(0, entry.getValue().id()));
            }
        }
        for (Map.Entry<String, Claimed> claim : claims.entrySet()) {
            if (concerned.test("claim " + claim.getKey())) {
                digest += Histories.mix(
                        claim.getKey().hashCode(),
                        digest(claim.getValue().until(), claim.getValue().holder()));
            }
        }
        for (Map.Entry<Partition, List<Element>> log : logs.entrySet()) {
            if (concerned.test("log " + log.getKey())) {
                long elements = log.getKey().hashCode();
                for (Element element : log.getValue()) {
                    elements = digest(elements, element.id());
                }
                digest += Histories.mix(elements, 2);
            }
        }
        for (Map.Entry<TableName, InFlight> registry : registries.entrySet()) {
            int table = registry.getKey().hashCode();
            if (concerned.test("registry " + registry.getKey())) {
                digest += Histories.mix(table, registry.getValue().digest());
            }
            if (concerned.test("marks " + registry.getKey())) {
                digest += Histories.mix(table + 1, registry.getValue().digestOfMarks());
            }
        }
        return digest;
    }

    private static long digest(long before, UUID id) {
        return Histories.mix(Histories.mix(before, id.getMostSignificantBits()), id.getLeastSignificantBits());
    }
}
