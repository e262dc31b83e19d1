package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.Reclaim;
import java.util.ArrayList;
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
 * Entries: id, epoch, key, offsets, generations, rows.
 *
 * <p>Offsets stand in the order of their partitions' names, generations in the order of their tables', and neither is named: whoever
 * reads an entry says which partitions it would choose now. Had the entry others, as many, its offsets would be read as those of
 * these logs. But the id of an element is in one log only: such an offset is the head of none of them, and in none, and that is a miss.
 */
public final class EntryCodec {

    private static final char TYPE = 'E';

    private EntryCodec() {}

    /** @throws IllegalArgumentException if it has not a generation for exactly the tables of its partitions */
    public static byte[] encode(Entry entry) {
        List<Partition> partitions = sorted(entry.offsets().keySet());
        List<TableName> tables = tables(partitions);
        if (!entry.generations().keySet().equals(Set.copyOf(tables))) {
            throw new IllegalArgumentException(
                    "generations are of " + entry.generations().keySet() + ", partitions of " + tables);
        }
        BinaryWriter out = new BinaryWriter(TYPE);
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
        out.blob(entry.rows());
        return out.seal();
    }

    /**
     * Reads what {@link #encode} wrote; null if malformed, or of another number of partitions or tables.
     *
     * @param partitions those that the reader would choose now
     */
    public static @Nullable Entry decode(byte @Nullable [] bytes, Collection<Partition> partitions) {
        Stored stored = BinaryReader.decode(bytes, TYPE, EntryCodec::read);
        return stored == null ? null : stored.of(sorted(Set.copyOf(partitions)));
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
        if (BinaryReader.isOlder(beginning, TYPE)) {
            return true;
        }
        Boolean dead = BinaryReader.peek(beginning, TYPE, in -> {
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
            Map<Partition, Offset> byPartition = new HashMap<>();
            for (int i = 0; i < offsets.size(); i++) {
                byPartition.put(partitions.get(i), offsets.get(i));
            }
            Map<TableName, Long> byTable = new HashMap<>();
            for (int i = 0; i < tables.size(); i++) {
                byTable.put(tables.get(i), generations.get(i));
            }
            return new Entry(id, key, epoch, byTable, byPartition, rows);
        }
    }

    private static Stored read(BinaryReader in) {
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
        return new Stored(id, epoch, key, offsets, generations, in.blob());
    }

    private static List<Partition> sorted(Set<Partition> partitions) {
        return partitions.stream().sorted(Comparator.comparing(Partition::name)).toList();
    }

    private static List<TableName> tables(List<Partition> partitions) {
        return partitions.stream().map(Partition::table).distinct().sorted().toList();
    }
}
