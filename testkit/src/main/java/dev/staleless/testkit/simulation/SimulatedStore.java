package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's connection to the server: every command is a step of its own, as in a pipeline. */
class SimulatedStore implements Store {

    final Simulation simulation;
    final SimulatedServer server;
    final SimulatedNode node;
    private boolean faulty;

    SimulatedStore(Simulation simulation, SimulatedServer server, SimulatedNode node) {
        this.simulation = simulation;
        this.server = server;
        this.node = node;
    }

    SimulatedStore(SimulatedStore other) {
        this(other.simulation, other.server, other.node);
    }

    /** A command that may touch anything. */
    void step(String what) {
        step(what, Footprint.ALL);
    }

    /** A command. */
    private void step(String what, Footprint footprint) {
        step(what, () -> footprint);
    }

    private void step(String what, Supplier<Footprint> footprint) {
        simulation.step(what, footprint);
        if (server.unreachable.contains(node.name())) {
            throw new StoreException("unreachable");
        }
    }

    /** From now on a report may fail, before or after any of its commands took effect. */
    void mayFail() {
        faulty = true;
    }

    @Override
    public Snapshot read(EntryKey key, List<Partition> partitions) {
        step("GET " + key, Footprint.reads("entry " + key.name()));
        Entry entry = server.entries.get(key.name());
        if (entry != null && !Arrays.equals(entry.key(), key.identity())) {
            entry = null;
        }
        List<@Nullable Offset> heads = new ArrayList<>();
        for (Partition partition : partitions) {
            step("head of " + partition, Footprint.reads("log " + partition));
            heads.add(head(partition));
        }
        return new Snapshot(entry, heads);
    }

    @Nullable
    Offset head(Partition partition) {
        List<Element> log = server.logs.get(partition);
        return log == null || log.isEmpty() ? null : new Offset(log.get(0).id(), server.id);
    }

    @Override
    public List<Log> logs(List<Partition> partitions) {
        List<Log> logs = new ArrayList<>();
        for (Partition partition : partitions) {
            step("log " + partition, Footprint.reads("log " + partition));
            List<Element> log = server.logs.get(partition);
            logs.add(log == null ? new Log(null, List.of()) : new Log(head(partition), List.copyOf(log)));
        }
        return logs;
    }

    @Override
    public List<Offset> open(List<Partition> partitions) {
        List<Offset> heads = new ArrayList<>();
        for (Partition partition : partitions) {
            step(
                    "open " + partition,
                    () -> head(partition) == null
                            ? Footprint.writes("log " + partition)
                            : Footprint.reads("log " + partition));
            Offset head = head(partition);
            if (head == null) {
                server.append(partition, new Element(node.freshId(), new UUID(0, 0), List.of()));
                head = head(partition);
            }
            heads.add(java.util.Objects.requireNonNull(head));
        }
        return heads;
    }

    @Override
    public List<Registry> registries(List<TableName> tables) {
        List<Registry> registries = new ArrayList<>();
        for (TableName table : tables) {
            step("registry of " + table, Footprint.reads("registry " + table));
            SimulatedServer.InFlight found = server.registries.get(table);
            if (found == null) {
                registries.add(new Registry(null, null, List.of()));
            } else {
                UUID creation = server.id.equals(found.creationServer) ? found.creation : null;
                Long version = creation == null ? null : found.versions.get(creation);
                registries.add(new Registry(creation, version, List.copyOf(found.marks)));
            }
        }
        return registries;
    }

    private SimulatedServer.InFlight inFlight(TableName table) {
        return server.registries.computeIfAbsent(table, t -> new SimulatedServer.InFlight());
    }

    @Override
    public UUID createRegistry(TableName table) {
        step("create registry of " + table);
        SimulatedServer.InFlight registry = inFlight(table);
        UUID creation = registry.creation;
        if (creation == null || !server.id.equals(registry.creationServer)) {
            creation = node.freshId();
            registry.creation = creation;
            registry.creationServer = server.id;
        }
        return creation;
    }

    @Override
    public void confirmRegistry(TableName table, UUID creation, long version) {
        step("confirm registry of " + table + " at " + version);
        inFlight(table).versions.put(creation, version);
    }

    @Override
    public void report(Collection<Mark> marks, Collection<Append> appends) {
        for (Mark mark : marks) {
            begin(mark);
        }
        for (Append append : appends) {
            append(append);
        }
        step("report acknowledged", Footprint.NONE);
    }

    void begin(Mark mark) {
        perhapsFail();
        step("mark on " + mark.table(), Footprint.writes("registry " + mark.table()));
        inFlight(mark.table()).marks.add(mark);
        perhapsFail();
    }

    void append(Append append) {
        step("append to " + append.partition(), Footprint.writes("log " + append.partition()));
        server.append(append.partition(), append.element());
        perhapsFail();
    }

    private void perhapsFail() {
        if (faulty && simulation.choose(Choices.Kind.FAULT, 2) == 1) {
            simulation.note("STORE FAILS");
            throw new StoreException("failed");
        }
    }

    @Override
    public CompletionStage<Void> resolve(Collection<Mark> marks) {
        return later(() -> {
            for (Mark mark : marks) {
                step("resolve on " + mark.table(), Footprint.writes("registry " + mark.table()));
                SimulatedServer.InFlight registry = server.registries.get(mark.table());
                if (registry != null) {
                    registry.marks.remove(mark);
                }
            }
        });
    }

    @Override
    public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
        return later(() -> {
            step("SET " + key, Footprint.writes("entry " + key.name()));
            server.entries.put(key.name(), entry);
        });
    }

    @Override
    public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
        step("claim " + key, Footprint.writes("claim " + key.name()));
        SimulatedServer.Claimed mine = new SimulatedServer.Claimed(holder, simulation.nanos() + time.toNanos());
        SimulatedServer.Claimed standing =
                server.claims.merge(key.name(), mine, (old, asked) -> old.until() <= simulation.nanos() ? asked : old);
        return new Claim(standing.holder(), read(key, partitions));
    }

    @Override
    public CompletionStage<Void> release(EntryKey key) {
        return later(() -> {
            step("release " + key, Footprint.writes("claim " + key.name()));
            server.claims.remove(key.name());
        });
    }

    @Override
    public CompletionStage<Void> replace(EntryKey key, Entry entry) {
        return later(() -> {
            step("SET XX " + key, Footprint.writes("entry " + key.name()));
            server.entries.computeIfPresent(key.name(), (name, old) -> entry);
        });
    }

    private CompletionStage<Void> later(Runnable commands) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        simulation.spawn(node.name() + "/connection", node.name(), false, () -> {
            try {
                commands.run();
                done.complete(null);
            } catch (StoreException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void close() {}
}
