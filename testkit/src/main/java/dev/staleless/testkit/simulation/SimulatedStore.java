package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.RememberedLogs;
import dev.staleless.core.store.StoreException;
import dev.staleless.core.store.near.HeadTracker;
import dev.staleless.core.store.near.TrackableStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's connection to the server: every command is a step of its own, as in a pipeline. */
class SimulatedStore implements TrackableStore {

    private static final long REMEMBERED_BYTES = 1 << 20;

    private static final RememberedLogs.Format<Element> FORMAT = new RememberedLogs.Format<>() {
        @Override
        public UUID id(Element value) {
            return value.id();
        }

        @Override
        public Element element(Element value) {
            return value;
        }

        @Override
        public int bytes(Element value) {
            return 1;
        }
    };

    final Simulation simulation;
    final SimulatedServer server;
    final SimulatedNode node;
    private final List<Message> messages = new ArrayList<>();
    private final RememberedLogs remembered =
            new RememberedLogs(REMEMBERED_BYTES, partition -> SimulatedServer.KEPT_ELEMENTS, 1);
    private boolean faulty;
    /** How often it was asked for an entry. */
    long asked;

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
        step("GET " + key, atEntries(Footprint.reads("entry " + key.name())));
        asked++;
        Entry entry = server.entries.get(key.name());
        if (entry != null && !Arrays.equals(entry.key(), key.identity())) {
            entry = null;
        }
        List<@Nullable Offset> heads = new ArrayList<>();
        for (Partition partition : partitions) {
            step("head of " + partition, reads(partition));
            heads.add(head(partition));
        }
        return new Snapshot(entry, heads);
    }

    @Override
    public Timed readTimed(EntryKey key, List<Partition> partitions) {
        return new Timed(read(key, partitions), World.TTL);
    }

    @Override
    public HeadTracker tracker(Duration interval) {
        return new SimulatedTracker(this, interval);
    }

    @Nullable
    Offset head(Partition partition) {
        List<Element> log = server.logs.get(partition);
        return log == null || log.isEmpty()
                ? null
                : new Offset(log.get(0).id(), server.ids(SimulatedServer.holding(partition)));
    }

    @Override
    public List<Log> logs(List<Partition> partitions) {
        List<Log> logs = new ArrayList<>();
        for (Partition partition : partitions) {
            Log log = newest(partition, remembered.asked(partition));
            logs.add(log != null ? log : Objects.requireNonNull(newest(partition, RememberedLogs.WHOLE)));
        }
        return logs;
    }

    private @Nullable Log newest(Partition partition, int number) {
        step("newest " + (number == RememberedLogs.WHOLE ? "" : number + " ") + "of " + partition, reads(partition));
        List<Element> log = server.logs.getOrDefault(partition, List.of());
        List<Element> newest = List.copyOf(log.subList(0, Math.min(number, log.size())));
        String ids = server.ids(SimulatedServer.holding(partition));
        return remembered.joined(partition, ids, newest, number, FORMAT);
    }

    @Override
    public List<Log> logs(List<Partition> partitions, List<Offset> heads) {
        List<Log> logs = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            Log known = remembered.upTo(partitions.get(i), heads.get(i));
            logs.add(known != null ? known : logs(partitions.subList(i, i + 1)).get(0));
        }
        return logs;
    }

    @Override
    public List<Offset> open(List<Partition> partitions) {
        List<Offset> heads = new ArrayList<>();
        for (Partition partition : partitions) {
            step("open " + partition, () -> head(partition) == null ? writes(partition) : reads(partition));
            Offset head = head(partition);
            if (head == null) {
                server.append(partition, new Element(node.freshId(), new UUID(0, 0), List.of()));
                head = head(partition);
            }
            heads.add(Objects.requireNonNull(head));
        }
        return heads;
    }

    @Override
    public List<Registry> registries(List<TableName> tables) {
        List<Registry> registries = new ArrayList<>();
        for (TableName table : tables) {
            step("registry of " + table, atRegistries(Footprint.reads("registry " + table, "marks " + table)));
            SimulatedServer.InFlight found = server.registries.get(table);
            if (found == null) {
                registries.add(new Registry(null, null, List.of()));
            } else {
                UUID creation = registryIds().equals(found.creationServer) ? found.creation : null;
                Long version = creation == null ? null : found.versions.get(creation);
                registries.add(new Registry(creation, version, List.copyOf(found.marks)));
            }
        }
        return registries;
    }

    String registryIds() {
        return server.ids(SimulatedServer.HOLDING_REGISTRIES);
    }

    private SimulatedServer.InFlight inFlight(TableName table) {
        return server.registries.computeIfAbsent(table, t -> new SimulatedServer.InFlight());
    }

    @Override
    public UUID createRegistry(TableName table) {
        step("create registry of " + table, atRegistries(Footprint.updates("registry " + table)));
        SimulatedServer.InFlight registry = inFlight(table);
        UUID creation = registry.creation;
        if (creation == null || !registryIds().equals(registry.creationServer)) {
            creation = node.freshId();
            registry.creation = creation;
            registry.creationServer = registryIds();
        }
        return creation;
    }

    @Override
    public void confirmRegistry(TableName table, UUID creation, long version) {
        step("confirm registry of " + table + " at " + version, atRegistries(Footprint.writes("registry " + table)));
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
        step("mark on " + mark.table(), atRegistries(Footprint.writes("marks " + mark.table())));
        inFlight(mark.table()).marks.add(mark);
        perhapsFail();
    }

    void append(Append append) {
        step("append to " + append.partition(), writes(append.partition()));
        server.append(append.partition(), append.element());
        perhapsFail();
    }

    private void perhapsFail() {
        if (faulty && simulation.choose(Choices.Kind.FAULT, 2) == 1) {
            simulation.note("STORE FAILS");
            throw new StoreException("failed");
        }
    }

    /** A command that nobody waits for. */
    private record Command(String what, Footprint footprint, Runnable effect) {}

    /** Commands that nobody waits for, on their way. */
    private static final class Message {
        boolean lost;
        boolean over;
    }

    @Override
    public CompletionStage<Void> resolve(Collection<Mark> marks) {
        return send(marks.stream()
                .map(mark -> new Command(
                        "resolve on " + mark.table(),
                        atRegistries(mayBeLost(Footprint.writes("marks " + mark.table()))),
                        () -> remove(mark)))
                .toList());
    }

    private void remove(Mark mark) {
        SimulatedServer.InFlight registry = server.registries.get(mark.table());
        if (registry != null) {
            remove(registry, mark);
        }
    }

    void remove(SimulatedServer.InFlight registry, Mark mark) {
        registry.marks.remove(mark);
    }

    @Override
    public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
        Runnable set = () -> server.entries.put(key.name(), entry);
        return send(List.of(new Command("SET " + key, writesEntry(key), set)));
    }

    @Override
    public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
        step("claim " + key, atEntries(Footprint.updates("claim " + key.name())));
        SimulatedServer.Claimed mine = new SimulatedServer.Claimed(holder, simulation.nanos() + time.toNanos());
        SimulatedServer.Claimed standing =
                server.claims.merge(key.name(), mine, (old, asked) -> old.until() <= simulation.nanos() ? asked : old);
        return new Claim(standing.holder(), read(key, partitions));
    }

    @Override
    public Claim claimWithRegistries(
            EntryKey key, UUID holder, Duration time, List<Partition> partitions, List<TableName> tables) {
        Claim claim = claim(key, holder, time, partitions);
        return new Claim(claim.holder(), claim.snapshot(), registries(tables));
    }

    @Override
    public CompletionStage<Void> release(EntryKey key) {
        Footprint footprint = atEntries(mayBeLost(Footprint.writes("claim " + key.name())));
        return send(List.of(new Command("release " + key, footprint, () -> server.claims.remove(key.name()))));
    }

    @Override
    public CompletionStage<Void> replace(EntryKey key, Entry entry) {
        Runnable set = () -> server.entries.computeIfPresent(key.name(), (name, old) -> entry);
        return send(List.of(new Command("SET XX " + key, writesEntry(key), set)));
    }

    private Footprint writesEntry(EntryKey key) {
        return atEntries(mayBeLost(Footprint.writes("entry " + key.name())));
    }

    private Footprint mayBeLost(Footprint footprint) {
        return footprint.and(Footprint.reads("messages of " + node.name()));
    }

    private static Footprint atEntries(Footprint footprint) {
        return footprint.and(Footprint.reads(SimulatedServer.name(SimulatedServer.HOLDING_ENTRIES)));
    }

    private static Footprint atRegistries(Footprint footprint) {
        return footprint.and(Footprint.reads(SimulatedServer.name(SimulatedServer.HOLDING_REGISTRIES)));
    }

    private static Footprint reads(Partition log) {
        return Footprint.reads("log " + log, SimulatedServer.name(SimulatedServer.holding(log)));
    }

    private static Footprint writes(Partition log) {
        return Footprint.writes("log " + log).and(Footprint.reads(SimulatedServer.name(SimulatedServer.holding(log))));
    }

    private CompletionStage<Void> send(List<Command> commands) {
        Message message = new Message();
        messages.add(message);
        CompletableFuture<Void> done = new CompletableFuture<>();
        simulation.spawn(node.name() + "/connection", node.name(), false, () -> {
            try {
                Duration slowness = server.slowMessages.get(node.name());
                if (slowness != null) {
                    simulation.sleep(slowness);
                }
                for (Command command : commands) {
                    step(command.what(), command.footprint());
                    if (message.lost) {
                        throw new StoreException("lost");
                    }
                    command.effect().run();
                }
                message.over = true;
                done.complete(null);
            } catch (StoreException e) {
                message.over = true;
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** What was sent and not answered is lost. */
    void loseMessages() {
        messages.stream().filter(message -> !message.over).forEach(message -> message.lost = true);
    }

    long digest() {
        long digest = 0;
        for (Message message : messages) {
            digest = Histories.mix(digest, message.over ? 3 : message.lost ? 2 : 1);
        }
        return digest;
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void close() {}
}
