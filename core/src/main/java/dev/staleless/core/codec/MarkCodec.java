package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Marks of transactions in flight. Equal marks are equal bytes: a mark is removed by its exact value. */
public final class MarkCodec {

    private static final char TYPE = 'M';

    private static final int PARTITIONS = 1;
    private static final int SESSION = 2;

    private MarkCodec() {}

    public static byte[] encode(Mark mark) {
        Set<String> partitions = mark.partitions();
        String session = mark.session();
        BinaryWriter out = new BinaryWriter(TYPE);
        Names.writeTable(out, mark.table());
        out.uuid(mark.transaction());
        out.uuid(mark.node());
        out.octet((partitions != null ? PARTITIONS : 0) | (session != null ? SESSION : 0));
        if (partitions != null) {
            out.unsigned(partitions.size());
            new TreeSet<>(partitions).forEach(out::text);
        }
        if (session != null) {
            out.text(session);
        }
        return out.seal();
    }

    /** Reads what {@link #encode} wrote; null if malformed. */
    public static @Nullable Mark decode(byte @Nullable [] bytes) {
        return BinaryReader.decode(bytes, TYPE, MarkCodec::read);
    }

    private static Mark read(BinaryReader in) {
        TableName table = Names.readTable(in);
        UUID transaction = in.uuid();
        UUID node = in.uuid();
        int flags = in.octet();
        if (flags > (PARTITIONS | SESSION)) {
            throw new MalformedException("flags of a mark");
        }
        Set<String> partitions = (flags & PARTITIONS) != 0 ? readPartitions(in) : null;
        String session = (flags & SESSION) != 0 ? in.text() : null;
        return new Mark(table, transaction, node, partitions, session);
    }

    private static Set<String> readPartitions(BinaryReader in) {
        int count = in.count();
        Set<String> partitions = new HashSet<>();
        for (int i = 0; i < count; i++) {
            partitions.add(in.text());
        }
        return partitions;
    }
}
