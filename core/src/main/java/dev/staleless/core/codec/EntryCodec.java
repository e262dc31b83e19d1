package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entries: id, epoch, key, generations, offsets, rows. */
public final class EntryCodec {

    private static final char TYPE = 'E';

    private EntryCodec() {}

    public static byte[] encode(Entry entry) {
        BinaryWriter out = new BinaryWriter(TYPE);
        out.uuid(entry.id());
        out.uuid(entry.epoch());
        out.blob(entry.key());
        out.unsigned(entry.generations().size());
        new TreeMap<>(entry.generations()).forEach((table, generation) -> {
            Names.writeTable(out, table);
            out.signed(generation);
        });
        out.unsigned(entry.offsets().size());
        sorted(entry.offsets()).forEach(offset -> {
            Names.writePartition(out, offset.getKey());
            out.uuid(offset.getValue().element());
            out.name(offset.getValue().server());
        });
        out.blob(entry.rows());
        return out.seal();
    }

    /** Reads what {@link #encode} wrote; null if malformed. */
    public static @Nullable Entry decode(byte @Nullable [] bytes) {
        return BinaryReader.decode(bytes, TYPE, EntryCodec::read);
    }

    private static Entry read(BinaryReader in) {
        UUID id = in.uuid();
        UUID epoch = in.uuid();
        byte[] key = in.blob();
        Map<TableName, Long> generations = readGenerations(in);
        Map<Partition, Offset> offsets = readOffsets(in);
        return new Entry(id, key, epoch, generations, offsets, in.blob());
    }

    private static Map<TableName, Long> readGenerations(BinaryReader in) {
        int count = in.count();
        Map<TableName, Long> generations = new HashMap<>();
        for (int i = 0; i < count; i++) {
            TableName table = Names.readTable(in);
            if (generations.put(table, in.signed()) != null) {
                throw new MalformedException("table twice");
            }
        }
        return generations;
    }

    private static Map<Partition, Offset> readOffsets(BinaryReader in) {
        int count = in.count();
        Map<Partition, Offset> offsets = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Partition partition = Names.readPartition(in);
            UUID element = in.uuid();
            if (offsets.put(partition, new Offset(element, in.name())) != null) {
                throw new MalformedException("partition twice");
            }
        }
        return offsets;
    }

    private static List<Map.Entry<Partition, Offset>> sorted(Map<Partition, Offset> offsets) {
        return offsets.entrySet().stream()
                .sorted(Comparator.comparing(offset -> offset.getKey().name()))
                .toList();
    }
}
