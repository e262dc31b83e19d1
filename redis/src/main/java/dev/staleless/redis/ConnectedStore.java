package dev.staleless.redis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.codec.ElementCodec;
import dev.staleless.core.codec.EntryCodec;
import dev.staleless.core.codec.MarkCodec;
import dev.staleless.core.codec.RegistryCodec;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Reclaim;
import dev.staleless.core.store.RememberedLogs;
import dev.staleless.core.store.StoreException;
import dev.staleless.core.store.near.HeadTracker;
import dev.staleless.core.store.near.TrackableStore;
import dev.staleless.redis.Batch.Answer;
import dev.staleless.redis.Lines.Purpose;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store of one database and namespace, on one server or on those of a Cluster.
 *
 * <pre>
 * KEY          string  an entry
 * l:PARTITION  list    a log, newest element first
 * c:KEY        string  who fills an entry
 * f:TABLE      hash    a registry: each mark a field; the creation mark; state versions
 * </pre>
 *
 * <p>No {@code MULTI} is needed. What must change together is one value: an element is the event and the head of its log, an
 * entry is all of itself. And of a pipeline, every prefix may be all that is executed: a mark without its elements makes
 * misses until it is resolved; what keeps logs short and lets them expire ({@link LogUpkeep}) may be missing. An element without its mark, where the server refused the mark alone, belongs
 * to a report that failed, and so to nothing that may be committed.
 */
final class ConnectedStore implements TrackableStore {

    private static final UUID NO_TRANSACTION = new UUID(0, 0);

    /** Of logs that were read. */
    private static final long REMEMBERED_BYTES = 32L << 20;

    /** Elements of a log that is read again; as many more do not make the answer cost more. */
    private static final int FEWEST_ASKED = 4;

    private static final RememberedLogs.Format<byte[]> FORMAT = new RememberedLogs.Format<>() {
        @Override
        public @Nullable UUID id(byte[] value) {
            return ElementCodec.id(value);
        }

        @Override
        public @Nullable Element element(byte[] value) {
            return ElementCodec.decode(value);
        }

        @Override
        public int bytes(byte[] value) {
            return value.length;
        }
    };

    private final Keys keys;
    private final Connections connections;
    private final Options options;
    private final RememberedLogs remembered;
    private final LogUpkeep upkeep;

    ConnectedStore(Keys keys, Connections connections, Options options) {
        this.keys = keys;
        this.connections = connections;
        this.options = options;
        this.upkeep = new LogUpkeep(options);
        this.remembered = new RememberedLogs(REMEMBERED_BYTES, upkeep::kept, FEWEST_ASKED);
    }

    @Override
    public Snapshot read(EntryKey key, List<Partition> partitions) {
        Batch batch = connections.batch(Purpose.READ);
        Answer<byte[]> entry = get(batch, keys.entry(key));
        List<Answer<byte[]>> newest = each(partitions, partition -> newest(batch, partition));
        batch.run();
        return new Snapshot(ofKey(EntryCodec.decode(entry.value(), partitions), key), heads(newest));
    }

    @Override
    public Timed readTimed(EntryKey key, List<Partition> partitions) {
        byte[] name = keys.entry(key);
        Batch batch = connections.batch(Purpose.READ);
        Answer<byte[]> entry = get(batch, name);
        Answer<Long> remaining = batch.add(name, (pipeline, link) -> pipeline.remaining(name));
        List<Answer<byte[]>> newest = each(partitions, partition -> newest(batch, partition));
        batch.run();
        Long millis = remaining.value();
        return new Timed(
                new Snapshot(ofKey(EntryCodec.decode(entry.value(), partitions), key), heads(newest)),
                Duration.ofMillis(millis == null ? 0 : Math.max(0, millis)));
    }

    @Override
    public HeadTracker tracker(Duration interval) {
        return connections.tracker(keys, interval);
    }

    private static Answer<byte[]> get(Batch batch, byte[] key) {
        return batch.add(key, (pipeline, link) -> pipeline.get(key));
    }

    private Answer<byte[]> newest(Batch batch, Partition partition) {
        byte[] log = keys.log(partition);
        return batch.add(log, (pipeline, link) -> pipeline.newest(log));
    }

    private static @Nullable Entry ofKey(@Nullable Entry entry, EntryKey key) {
        return entry != null && Arrays.equals(entry.key(), key.identity()) ? entry : null;
    }

    private static List<@Nullable Offset> heads(List<Answer<byte[]>> newest) {
        List<@Nullable Offset> heads = new ArrayList<>(newest.size());
        for (Answer<byte[]> answer : newest) {
            UUID id = ElementCodec.id(answer.value());
            heads.add(id == null ? null : new Offset(id, answer.link().server()));
        }
        return heads;
    }

    @Override
    public List<Log> logs(List<Partition> partitions) {
        @Nullable Log[] logs = new @Nullable Log[partitions.size()];
        if (!ask(partitions, logs, false)) {
            // where the newest elements did not reach down to what is known
            ask(partitions, logs, true);
        }
        return complete(logs);
    }

    @Override
    public List<Log> logs(List<Partition> partitions, List<Offset> heads) {
        @Nullable Log[] logs = new @Nullable Log[partitions.size()];
        boolean known = true;
        for (int i = 0; i < logs.length; i++) {
            logs[i] = remembered.upTo(partitions.get(i), heads.get(i));
            known &= logs[i] != null;
        }
        if (!known && !ask(partitions, logs, false)) {
            ask(partitions, logs, true);
        }
        return complete(logs);
    }

    private static List<Log> complete(@Nullable Log[] logs) {
        List<Log> complete = new ArrayList<>(logs.length);
        for (Log log : logs) {
            complete.add(Objects.requireNonNull(log));
        }
        return complete;
    }

    /**
     * Asks for the logs that are not there yet, in one round trip.
     *
     * @return false if some are still not there
     */
    private boolean ask(List<Partition> partitions, @Nullable Log[] logs, boolean whole) {
        Batch batch = connections.batch(Purpose.READ);
        List<@Nullable Asked> asked = new ArrayList<>(logs.length);
        for (int i = 0; i < logs.length; i++) {
            asked.add(logs[i] != null ? null : ask(batch, partitions.get(i), whole));
        }
        batch.run();
        boolean complete = true;
        for (int i = 0; i < logs.length; i++) {
            Asked of = asked.get(i);
            if (of != null) {
                List<byte[]> newest = Objects.requireNonNullElse(of.answer().value(), List.of());
                logs[i] =
                        remembered.joined(partitions.get(i), of.answer().link().server(), newest, of.number(), FORMAT);
                complete &= logs[i] != null;
            }
        }
        return complete;
    }

    private record Asked(int number, Answer<List<byte[]>> answer) {}

    private Asked ask(Batch batch, Partition partition, boolean whole) {
        byte[] log = keys.log(partition);
        int number = whole ? RememberedLogs.WHOLE : remembered.asked(partition);
        return new Asked(number, batch.add(log, (pipeline, link) -> pipeline.newest(log, number)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>A start element is pushed at the far end. If the log is still missing it becomes the log, and its head. If another
     * has created it meanwhile, the head stays what it was, and an element without events stands where the oldest do: nobody
     * has its id as an offset, since that is only ever read at the near end. A trim keeps the near end, too. So of any
     * number of openings and appends that race, every head that was read is a position in the log, with exactly the later
     * appends before it. An offset is of the server that answered.
     */
    @Override
    public List<Offset> open(List<Partition> partitions) {
        return open(partitions, new Asking(List.of()));
    }

    /** On one server the registries follow the heads in one pipeline, so they are read after them. */
    @Override
    public Opened openWithRegistries(List<Partition> partitions, List<TableName> tables) {
        if (!connections.oneServer()) {
            return TrackableStore.super.openWithRegistries(partitions, tables);
        }
        Asking asking = new Asking(tables);
        List<Offset> heads = open(partitions, asking);
        return new Opened(heads, registries(asking.answers));
    }

    /** What is asked behind the heads each time, so that the last answers are from after the heads that count. */
    private final class Asking {
        private final List<TableName> tables;
        private List<Answer<List<byte[]>>> answers = List.of();

        Asking(List<TableName> tables) {
            this.tables = tables;
        }

        void add(Batch batch) {
            answers = each(tables, table -> registry(batch, table));
        }
    }

    private List<Offset> open(List<Partition> partitions, Asking behind) {
        List<Answer<byte[]>> newest = newest(partitions, List.of(), behind);
        List<Partition> missing = new ArrayList<>(0);
        for (int i = 0; i < partitions.size(); i++) {
            if (newest.get(i).value() == null) {
                missing.add(partitions.get(i));
            }
        }
        if (!missing.isEmpty()) {
            newest = newest(partitions, missing, behind);
        }
        List<Offset> heads = new ArrayList<>(partitions.size());
        for (int i = 0; i < partitions.size(); i++) {
            heads.add(head(newest.get(i), partitions.get(i)));
        }
        return heads;
    }

    /**
     * The newest elements, after a start element was pushed to some logs. Only those get a time to live: a log that is there
     * has one from its last append or publish, and one that cannot be read is to expire.
     */
    private List<Answer<byte[]>> newest(List<Partition> partitions, List<Partition> missing, Asking behind) {
        Batch batch = connections.batch(Purpose.READ);
        for (Partition partition : missing) {
            byte[] log = keys.log(partition);
            byte[] start = ElementCodec.encode(new Element(UUID.randomUUID(), NO_TRANSACTION, List.of()));
            batch.add(log, (pipeline, link) -> pipeline.pushOldest(log, start));
            batch.add(log, (pipeline, link) -> pipeline.expire(log, options.logTtl()));
        }
        List<Answer<byte[]>> newest = each(partitions, partition -> newest(batch, partition));
        behind.add(batch);
        batch.run();
        return newest;
    }

    private static Offset head(Answer<byte[]> newest, Partition partition) {
        UUID id = ElementCodec.id(newest.value());
        if (id == null) {
            throw new StoreException(
                    "The log " + partition + " on " + newest.link().where()
                            + (newest.value() == null
                                    ? " was lost while it was opened"
                                    : " has a newest element that cannot be read: malformed, or of a newer release"));
        }
        return new Offset(id, newest.link().server());
    }

    @Override
    public List<Registry> registries(List<TableName> tables) {
        Batch batch = connections.batch(Purpose.READ);
        List<Answer<List<byte[]>>> answers = each(tables, table -> registry(batch, table));
        batch.run();
        return registries(answers);
    }

    private Answer<List<byte[]>> registry(Batch batch, TableName table) {
        byte[] registry = keys.registry(table);
        return batch.add(registry, (pipeline, link) -> pipeline.fields(registry));
    }

    private static List<Registry> registries(Collection<Answer<List<byte[]>>> answers) {
        return each(
                List.copyOf(answers),
                answer -> RegistryCodec.decode(
                        Objects.requireNonNullElse(answer.value(), List.of()),
                        answer.link().server()));
    }

    @Override
    public UUID createRegistry(TableName table) {
        byte[] key = keys.registry(table);
        byte[] field = RegistryCodec.creationField();
        Batch batch = connections.batch(Purpose.REPORT);
        batch.add(key, (pipeline, link) -> pipeline.setFieldIfMissing(key, field, creation(link)));
        Answer<byte[]> there = batch.add(key, (pipeline, link) -> pipeline.field(key, field));
        batch.run();
        RegistryCodec.Creation creation = RegistryCodec.decodeCreation(there.value());
        return creation != null && creation.server().equals(there.link().server())
                ? creation.id()
                : replaceCreation(key, creation);
    }

    /**
     * Replaces a creation mark that proves nothing here. Two nodes may both do so, the later one over the earlier: the
     * earlier one's version then stands in a field that belongs to no creation mark.
     */
    private UUID replaceCreation(byte[] key, RegistryCodec.@Nullable Creation old) {
        byte[] field = RegistryCodec.creationField();
        Batch batch = connections.batch(Purpose.REPORT);
        if (old != null) {
            batch.add(key, (pipeline, link) -> pipeline.deleteField(key, RegistryCodec.versionField(old.id())));
        }
        batch.add(key, (pipeline, link) -> pipeline.setField(key, field, creation(link)));
        Answer<byte[]> there = batch.add(key, (pipeline, link) -> pipeline.field(key, field));
        batch.run();
        RegistryCodec.Creation creation = RegistryCodec.decodeCreation(there.value());
        if (creation == null || !creation.server().equals(there.link().server())) {
            throw new StoreException(
                    "The creation mark of a registry on " + there.link().where() + " was replaced by another server's");
        }
        return creation.id();
    }

    private static byte[] creation(Link link) {
        return RegistryCodec.encodeCreation(new RegistryCodec.Creation(UUID.randomUUID(), link.server()));
    }

    @Override
    public void confirmRegistry(TableName table, UUID creation, long version) {
        byte[] key = keys.registry(table);
        Batch batch = connections.batch(Purpose.REPORT);
        batch.add(
                key,
                (pipeline, link) -> pipeline.setField(
                        key, RegistryCodec.versionField(creation), RegistryCodec.encodeVersion(version)));
        batch.run();
    }

    /** One pipeline, in whose order one server executes; where there are several the marks are acknowledged first. */
    @Override
    public void report(Collection<Mark> marks, Collection<Append> appends) {
        Batch batch = connections.batch(Purpose.REPORT);
        for (Mark mark : marks) {
            byte[] registry = keys.registry(mark.table());
            byte[] field = MarkCodec.encode(mark);
            batch.add(registry, (pipeline, link) -> pipeline.setField(registry, field));
        }
        if (!connections.oneServer() && !marks.isEmpty()) {
            batch.run();
            batch = connections.batch(Purpose.REPORT);
        }
        LogUpkeep.Appended appended = upkeep.appended();
        for (Append append : appends) {
            Partition partition = append.partition();
            appended.add(partition, keys.log(partition), ElementCodec.encode(append.element()), batch);
        }
        batch.run();
        Batch rest = connections.batch(Purpose.REPORT);
        if (appended.addRest(rest)) {
            // what is lost of it is done after another append
            var unused = stage(rest);
        }
    }

    @Override
    public CompletionStage<Void> resolve(Collection<Mark> marks) {
        Batch batch = connections.batch(Purpose.REPORT);
        for (Mark mark : marks) {
            byte[] registry = keys.registry(mark.table());
            byte[] field = MarkCodec.encode(mark);
            batch.add(registry, (pipeline, link) -> pipeline.deleteField(registry, field));
        }
        return stage(batch);
    }

    @Override
    public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl must be positive: " + ttl);
        }
        byte[] name = keys.entry(key);
        byte[] value = EntryCodec.encode(entry);
        Batch batch = connections.batch(Purpose.ENTRIES);
        batch.add(name, (pipeline, link) -> pipeline.set(name, value, kept(ttl)));
        List<Partition> due = new ArrayList<>(0);
        for (Partition partition : entry.offsets().keySet()) {
            if (upkeep.isDue(partition)) {
                byte[] log = keys.log(partition);
                batch.add(log, (pipeline, link) -> pipeline.expire(log, options.logTtl()));
                due.add(partition);
            }
        }
        CompletionStage<Void> published = stage(batch);
        return due.isEmpty() ? published : published.thenRun(() -> due.forEach(upkeep::given));
    }

    @Override
    public CompletionStage<Void> replace(EntryKey key, Entry entry) {
        byte[] name = keys.entry(key);
        byte[] value = EntryCodec.encode(entry);
        Batch batch = connections.batch(Purpose.ENTRIES);
        batch.add(name, (pipeline, link) -> pipeline.setOver(name, value));
        return stage(batch);
    }

    @Override
    public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
        return claim(key, holder, time, partitions, null);
    }

    @Override
    public Claim claimWithRegistries(
            EntryKey key, UUID holder, Duration time, List<Partition> partitions, List<TableName> tables) {
        return claim(key, holder, time, partitions, connections.oneServer() ? tables : null);
    }

    /** Whose claim stands is read after it may have been made: one that ended in between stands for nobody else's. */
    private Claim claim(
            EntryKey key, UUID holder, Duration time, List<Partition> partitions, @Nullable List<TableName> tables) {
        byte[] name = keys.claim(key);
        byte[] value = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(holder.getMostSignificantBits())
                .putLong(holder.getLeastSignificantBits())
                .array();
        Batch batch = connections.batch(Purpose.READ);
        batch.add(name, (pipeline, link) -> pipeline.setIfMissing(name, value, wholeMillis(time)));
        Answer<byte[]> standing = get(batch, name);
        Answer<byte[]> entry = get(batch, keys.entry(key));
        List<Answer<byte[]>> newest = each(partitions, partition -> newest(batch, partition));
        List<Answer<List<byte[]>>> behind = tables == null ? null : each(tables, table -> registry(batch, table));
        batch.run();
        Entry there = ofKey(EntryCodec.decode(entry.value(), partitions), key);
        return new Claim(
                holder(standing.value(), holder),
                new Snapshot(there, heads(newest)),
                behind == null ? null : registries(behind));
    }

    private static UUID holder(byte @Nullable [] standing, UUID asking) {
        if (standing == null || standing.length != 2 * Long.BYTES) {
            return asking;
        }
        ByteBuffer id = ByteBuffer.wrap(standing);
        return new UUID(id.getLong(), id.getLong());
    }

    /** By the shortest time to live: no right is needed for it that other commands do not need. */
    @Override
    public CompletionStage<Void> release(EntryKey key) {
        byte[] name = keys.claim(key);
        Batch batch = connections.batch(Purpose.ENTRIES);
        batch.add(name, (pipeline, link) -> pipeline.expire(name, Duration.ofMillis(1)));
        return stage(batch);
    }

    @Override
    public Reclaim reclaim(Reclaim.Living living) {
        return new RedisReclaim(connections, keys.base(), living, options.timeout());
    }

    /** In whole milliseconds, which is what the server counts in; at least one. */
    private Duration kept(Duration ttl) {
        if (ttl.compareTo(options.maxEntryTtl()) > 0) {
            return options.maxEntryTtl();
        }
        return wholeMillis(ttl);
    }

    private static Duration wholeMillis(Duration time) {
        return Duration.ofMillis(Math.max(1, time.toMillis()));
    }

    /** A connection that is not there fails the stage, like one that breaks. */
    private CompletionStage<Void> stage(Batch batch) {
        try {
            return connections.forCallers(batch.start(connections.background()));
        } catch (StoreException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static <A, B> List<B> each(List<A> things, Function<A, B> function) {
        List<B> results = new ArrayList<>(things.size());
        for (A thing : things) {
            results.add(function.apply(thing));
        }
        return results;
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void close() {
        connections.close();
    }
}
