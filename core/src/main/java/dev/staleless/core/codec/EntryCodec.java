package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.Reclaim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Entries: id, epoch, key, offsets, generations, rows; large rows as a block of LZ4 where that saves something.
 *
 * <p>Offsets stand in the order of their partitions' names, generations in the order of their tables', and neither is named: whoever
 * reads an entry says which partitions it would choose now. Had the entry others, as many, its offsets would be read as those of
 * these logs. But the id of an element is in one log only: such an offset is the head of none of them, and in none, and that is a miss.
 */
public final class EntryCodec {

    private static final char TYPE = 'E';

    /** Of entries whose rows are packed: the same, but for their unpacked length before them. To older releases it is no entry. */
    private static final char PACKED = 'Z';

    /** Smaller results are not packed: what it saves is less than what it costs. */
    private static final int PACKED_FROM = 2_048;

    private EntryCodec() {}

    /** @throws IllegalArgumentException if it has not a generation for exactly the tables of its partitions */
    public static byte[] encode(Entry entry) {
        List<Partition> partitions = sorted(entry.offsets().keySet());
        List<TableName> tables = tables(partitions);
        if (!entry.generations().keySet().equals(Set.copyOf(tables))) {
            throw new IllegalArgumentException(
                    "generations are of " + entry.generations().keySet() + ", partitions of " + tables);
        }
        byte[] packed = packed(entry.rows());
        BinaryWriter out = new BinaryWriter(packed == null ? TYPE : PACKED);
        out.uuid(entry.id());
        out.uuid(entry.epoch());
        out.blob(entry.key());
        out.unsigned(partitions.size());
        for (Partition partition : partitions) {
            Offset offset = Objects.requireNonNull(entry.offsets().get(partition));
            out.uuid(offset.element());
            out.name(offset.server());
        }
        out.unsigned(tables.size());
        for (TableName table : tables) {
            out.signed(Objects.requireNonNull(entry.generations().get(table)));
        }
        if (packed == null) {
            out.blob(entry.rows());
        } else {
            out.unsigned(entry.rows().length);
            out.blob(packed);
        }
        return out.seal();
    }

    /** Null if that does not save an eighth. */
    private static byte @Nullable [] packed(byte[] rows) {
        return rows.length < PACKED_FROM ? null : Lz4.pack(rows, rows.length - rows.length / 8);
    }

    /**
     * Reads what {@link #encode} wrote; null if malformed, or of another number of partitions or tables.
     *
     * @param partitions those that the reader would choose now
     */
    public static @Nullable Entry decode(byte @Nullable [] bytes, Collection<Partition> partitions) {
        boolean packed = isPacked(bytes);
        Stored stored = BinaryReader.decode(bytes, packed ? PACKED : TYPE, in -> read(in, packed));
        return stored == null ? null : stored.of(sorted(partitions));
    }

    /**
     * Whether an entry can never be served again, by the beginning of its bytes: it is of an older format, of another epoch or of
     * generations that no table has, or some of its offsets are of servers that are no more. The bytes are not checked: an entry that
     * is judged wrongly is lost, and no more.
     *
     * @param beginning all of it, or as much as holds what it rests on; what cannot be read is no dead entry
     * @param servers ids of the servers that there are; null if that is not known
     */
    public static boolean isDead(byte[] beginning, Reclaim.Living living, @Nullable Set<String> servers) {
        char type = isPacked(beginning) ? PACKED : TYPE;
        if (BinaryReader.isOlder(beginning, type)) {
            return true;
        }
        Boolean dead = BinaryReader.peek(beginning, type, in -> {
            in.uuid();
            boolean other = !in.uuid().equals(living.epoch());
            in.blob();
            for (int partitions = in.count(); partitions > 0; partitions--) {
                in.uuid();
                String server = in.name();
                other |= servers != null && !servers.contains(server);
            }
            for (int tables = in.count(); tables > 0; tables--) {
                other |= !living.generations().contains(in.signed());
            }
            return other;
        });
        return dead != null && dead;
    }

    private record Stored(UUID id, UUID epoch, byte[] key, List<Offset> offsets, List<Long> generations, byte[] rows) {

        @Nullable
        Entry of(List<Partition> partitions) {
            List<TableName> tables = tables(partitions);
            if (partitions.size() != offsets.size() || tables.size() != generations.size()) {
                return null;
            }
            return new Entry(id, key, epoch, map(tables, generations), map(partitions, offsets), rows);
        }
    }

    private static boolean isPacked(byte @Nullable [] bytes) {
        return bytes != null && bytes.length > 0 && bytes[0] == (byte) PACKED;
    }

    private static byte[] rows(BinaryReader in, boolean packed) {
        if (!packed) {
            return in.blob();
        }
        long length = in.unsigned();
        byte[] rows = Lz4.unpack(in.blob(), length);
        if (rows == null) {
            throw new MalformedException("packed rows");
        }
        return rows;
    }

    private static Stored read(BinaryReader in, boolean packed) {
        UUID id = in.uuid();
        UUID epoch = in.uuid();
        byte[] key = in.blob();
        int partitions = in.count();
        List<Offset> offsets = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            UUID element = in.uuid();
            offsets.add(new Offset(element, in.name()));
        }
        int tables = in.count();
        List<Long> generations = new ArrayList<>(tables);
        for (int i = 0; i < tables; i++) {
            generations.add(in.signed());
        }
        return new Stored(id, epoch, key, offsets, generations, rows(in, packed));
    }

    /** What most entries have is made without a table of hashes that would be copied. */
    private static <K, V> Map<K, V> map(List<K> keys, List<V> values) {
        if (keys.size() == 1) {
            return Map.of(keys.get(0), values.get(0));
        } else if (keys.size() == 2) {
            return Map.of(keys.get(0), values.get(0), keys.get(1), values.get(1));
        }
        Map<K, V> map = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    /** Each once, by their names. */
    private static List<Partition> sorted(Collection<Partition> partitions) {
        if (partitions.size() == 1) {
            return List.copyOf(partitions);
        }
        Partition[] sorted = Set.copyOf(partitions).toArray(Partition[]::new);
        Arrays.sort(sorted, Comparator.comparing(Partition::name));
        return List.of(sorted);
    }

    private static List<TableName> tables(List<Partition> partitions) {
        if (isOfOneTable(partitions)) {
            return List.of(partitions.get(0).table());
        }
        return partitions.stream().map(Partition::table).distinct().sorted().toList();
    }

    private static boolean isOfOneTable(List<Partition> partitions) {
        for (Partition partition : partitions) {
            if (!partition.table().equals(partitions.get(0).table())) {
                return false;
            }
        }
        return !partitions.isEmpty();
    }
}
