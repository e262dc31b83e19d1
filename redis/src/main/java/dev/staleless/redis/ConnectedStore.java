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
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of one database and namespace on a server.
 *
 * <pre>
 * KEY          string  an entry
 * l:PARTITION  list    a log, newest element first
 * f:TABLE      hash    a registry: each mark a field; the creation mark; state versions
 * </pre>
 *
 * <p>No {@code MULTI} is needed. What must change together is one value: an element is the event and the head of its log, an
 * entry is all of itself. And of a pipeline, every prefix may be all that is executed: a mark without its elements makes
 * misses until it is resolved; an append without its trim leaves a log that the next append cuts; a log without its time to
 * live gets one from whoever touches it next. An element without its mark, where the server refused the mark alone, belongs
 * to a report that failed, and so to nothing that may be committed.
 */
final class ConnectedStore implements Store {

    private static final UUID NO_TRANSACTION = new UUID(0, 0);

    private final Keys keys;
    private final Connections connections;
    private final Options options;

    ConnectedStore(Keys keys, Connections connections, Options options) {
        this.keys = keys;
        this.connections = connections;
        this.options = options;
    }

    @Override
    public Snapshot read(EntryKey key, List<Partition> partitions) {
        Link link = connections.read();
        Pipeline pipeline = link.pipeline();
        Reply<byte[]> entry = pipeline.get(keys.entry(key));
        List<Reply<byte[]>> newest = each(partitions, partition -> pipeline.newest(keys.log(partition)));
        pipeline.run(options.timeout());
        return new Snapshot(ofKey(EntryCodec.decode(entry.value(), partitions), key), heads(newest, link));
    }

    private static @Nullable Entry ofKey(@Nullable Entry entry, EntryKey key) {
        return entry != null && Arrays.equals(entry.key(), key.identity()) ? entry : null;
    }

    private static List<@Nullable Offset> heads(List<Reply<byte[]>> newest, Link link) {
        List<@Nullable Offset> heads = new ArrayList<>(newest.size());
        for (Reply<byte[]> reply : newest) {
            UUID id = ElementCodec.id(reply.value());
            heads.add(id == null ? null : new Offset(id, link.server()));
        }
        return heads;
    }

    @Override
    public List<Log> logs(List<Partition> partitions) {
        Link link = connections.read();
        Pipeline pipeline = link.pipeline();
        List<Reply<List<byte[]>>> replies = each(partitions, partition -> pipeline.all(keys.log(partition)));
        pipeline.run(options.timeout());
        return each(replies, reply -> log(Objects.requireNonNullElse(reply.value(), List.of()), link));
    }

    private static Log log(List<byte[]> values, Link link) {
        List<Element> elements = new ArrayList<>(values.size());
        for (byte[] value : values) {
            Element element = ElementCodec.decode(value);
            if (element == null) {
                return new Log(null, List.of());
            }
            elements.add(element);
        }
        return elements.isEmpty()
                ? new Log(null, List.of())
                : new Log(new Offset(elements.get(0).id(), link.server()), elements);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A start element is pushed at the far end. If the log is still missing it becomes the log, and its head. If another
     * has created it meanwhile, the head stays what it was, and an element without events stands where the oldest do: nobody
     * has its id as an offset, since that is only ever read at the near end. A trim keeps the near end, too. So of any
     * number of openings and appends that race, every head that was read is a position in the log, with exactly the later
     * appends before it. All on one connection: a log and its offset are of one server.
     */
    @Override
    public List<Offset> open(List<Partition> partitions) {
        Link link = connections.read();
        List<Reply<byte[]>> newest = newest(link, partitions, List.of());
        List<Partition> missing = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            if (newest.get(i).value() == null) {
                missing.add(partitions.get(i));
            }
        }
        if (!missing.isEmpty()) {
            newest = newest(link, partitions, missing);
        }
        List<Offset> heads = new ArrayList<>(partitions.size());
        for (int i = 0; i < partitions.size(); i++) {
            heads.add(head(newest.get(i).value(), partitions.get(i), link));
        }
        return heads;
    }

    /**
     * The newest elements, after a start element was pushed to some logs. Only those get a time to live: a log that is there
     * has one from its last append or publish, and one that cannot be read is to expire.
     */
    private List<Reply<byte[]>> newest(Link link, List<Partition> partitions, List<Partition> missing) {
        Pipeline pipeline = link.pipeline();
        for (Partition partition : missing) {
            Element start = new Element(UUID.randomUUID(), NO_TRANSACTION, List.of());
            pipeline.pushOldest(keys.log(partition), ElementCodec.encode(start));
            pipeline.expire(keys.log(partition), options.logTtl());
        }
        List<Reply<byte[]>> newest = each(partitions, partition -> pipeline.newest(keys.log(partition)));
        pipeline.run(options.timeout());
        return newest;
    }

    private static Offset head(byte @Nullable [] newest, Partition partition, Link link) {
        UUID id = ElementCodec.id(newest);
        if (id == null) {
            throw new StoreException("The log " + partition + " on " + link.where()
                    + (newest == null
                            ? " was lost while it was opened"
                            : " has a newest element that cannot be read: malformed, or of a newer release"));
        }
        return new Offset(id, link.server());
    }

    @Override
    public List<Registry> registries(List<TableName> tables) {
        Link link = connections.read();
        Pipeline pipeline = link.pipeline();
        List<Reply<List<byte[]>>> replies = each(tables, table -> pipeline.fields(keys.registry(table)));
        pipeline.run(options.timeout());
        return each(
                replies,
                reply -> RegistryCodec.decode(Objects.requireNonNullElse(reply.value(), List.of()), link.server()));
    }

    @Override
    public UUID createRegistry(TableName table) {
        Link link = connections.report();
        byte[] key = keys.registry(table);
        byte[] field = RegistryCodec.creationField();
        Pipeline pipeline = link.pipeline();
        pipeline.setFieldIfMissing(key, field, creation(link));
        Reply<byte[]> there = pipeline.field(key, field);
        pipeline.run(options.timeout());
        RegistryCodec.Creation creation = RegistryCodec.decodeCreation(there.value());
        return creation != null && creation.server().equals(link.server())
                ? creation.id()
                : replaceCreation(link, key, creation);
    }

    /**
     * Replaces a creation mark that proves nothing here. Two nodes may both do so, the later one over the earlier: the
     * earlier one's version then stands in a field that belongs to no creation mark.
     */
    private UUID replaceCreation(Link link, byte[] key, RegistryCodec.@Nullable Creation old) {
        byte[] field = RegistryCodec.creationField();
        Pipeline pipeline = link.pipeline();
        if (old != null) {
            pipeline.deleteField(key, RegistryCodec.versionField(old.id()));
        }
        pipeline.setField(key, field, creation(link));
        Reply<byte[]> there = pipeline.field(key, field);
        pipeline.run(options.timeout());
        RegistryCodec.Creation creation = RegistryCodec.decodeCreation(there.value());
        if (creation == null || !creation.server().equals(link.server())) {
            throw new StoreException(
                    "The creation mark of a registry on " + link.where() + " was replaced by another server's");
        }
        return creation.id();
    }

    private static byte[] creation(Link link) {
        return RegistryCodec.encodeCreation(new RegistryCodec.Creation(UUID.randomUUID(), link.server()));
    }

    @Override
    public void confirmRegistry(TableName table, UUID creation, long version) {
        Pipeline pipeline = connections.report().pipeline();
        byte[] field = RegistryCodec.versionField(creation);
        pipeline.setField(keys.registry(table), field, RegistryCodec.encodeVersion(version));
        pipeline.run(options.timeout());
    }

    @Override
    public void report(Collection<Mark> marks, Collection<Append> appends) {
        Pipeline pipeline = connections.report().pipeline();
        for (Mark mark : marks) {
            pipeline.setField(keys.registry(mark.table()), MarkCodec.encode(mark));
        }
        for (Append append : appends) {
            Partition partition = append.partition();
            boolean whole = partition.kind() == Partition.Kind.TABLE;
            byte[] log = keys.log(partition);
            pipeline.pushNewest(log, ElementCodec.encode(append.element()));
            pipeline.trim(log, whole ? options.keptTableElements() : options.keptElements());
            pipeline.expire(log, options.logTtl());
        }
        pipeline.run(options.timeout());
    }

    @Override
    public CompletionStage<Void> resolve(Collection<Mark> marks) {
        return stage(() -> {
            Pipeline pipeline = connections.report().pipeline();
            for (Mark mark : marks) {
                pipeline.deleteField(keys.registry(mark.table()), MarkCodec.encode(mark));
            }
            return pipeline.start(options.timeout());
        });
    }

    @Override
    public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl must be positive: " + ttl);
        }
        return stage(() -> {
            Pipeline pipeline = connections.entries().pipeline();
            pipeline.set(keys.entry(key), EntryCodec.encode(entry), kept(ttl));
            for (Partition partition : entry.offsets().keySet()) {
                pipeline.expire(keys.log(partition), options.logTtl());
            }
            return pipeline.start(options.timeout());
        });
    }

    @Override
    public CompletionStage<Void> replace(EntryKey key, Entry entry) {
        return stage(() -> {
            Pipeline pipeline = connections.entries().pipeline();
            pipeline.setOver(keys.entry(key), EntryCodec.encode(entry));
            return pipeline.start(options.timeout());
        });
    }

    /** In whole milliseconds, which is what the server counts in; at least one. */
    private Duration kept(Duration ttl) {
        if (ttl.compareTo(options.maxEntryTtl()) > 0) {
            return options.maxEntryTtl();
        }
        return Duration.ofMillis(Math.max(1, ttl.toMillis()));
    }

    /** A connection that is not there fails the stage, like one that breaks. */
    private CompletionStage<Void> stage(Supplier<CompletableFuture<Void>> action) {
        try {
            return connections.forCallers(action.get());
        } catch (StoreException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static <A, B> List<B> each(List<A> things, Function<A, B> function) {
        return things.stream().map(function).toList();
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
