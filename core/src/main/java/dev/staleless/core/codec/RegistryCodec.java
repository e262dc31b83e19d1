package dev.staleless.core.codec;

import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registry as named fields with a value each:
 *
 * <ul>
 *   <li>the creation mark under the field {@link #creationField()}: its id and the server's ids;
 *   <li>a state version under the field named after the creation mark's id;
 *   <li>every mark as a field of its own, without a value.
 * </ul>
 */
public final class RegistryCodec {

    private static final char CREATION = 'C';
    private static final char VERSION = 'V';
    private static final char VERSION_OF = 'N';
    private static final byte[] CREATION_FIELD = {CREATION};

    private RegistryCodec() {}

    /** A registry's creation mark: its id and the ids of the server it was made on. */
    public record Creation(UUID id, String server) {}

    /** The field of the creation mark. */
    public static byte[] creationField() {
        return CREATION_FIELD.clone();
    }

    /** The field of the state version that belongs to a creation mark. */
    public static byte[] versionField(UUID creation) {
        BinaryWriter out = new BinaryWriter(VERSION_OF);
        out.uuid(creation);
        return out.seal();
    }

    public static byte[] encodeCreation(Creation creation) {
        BinaryWriter out = new BinaryWriter(CREATION);
        out.uuid(creation.id());
        out.text(creation.server());
        return out.seal();
    }

    /** Reads what {@link #encodeCreation} wrote; null if malformed. */
    public static @Nullable Creation decodeCreation(byte @Nullable [] bytes) {
        return BinaryReader.decode(bytes, CREATION, in -> {
            UUID id = in.uuid();
            return new Creation(id, in.text());
        });
    }

    public static byte[] encodeVersion(long version) {
        BinaryWriter out = new BinaryWriter(VERSION);
        out.signed(version);
        return out.seal();
    }

    /**
     * Reads a registry from all its fields. If any of them cannot be read the registry has no creation mark, and so proves
     * nothing: it could be a mark.
     *
     * @param fields alternately name and value
     * @param server ids of the server that was asked
     */
    public static Registry decode(List<byte[]> fields, String server) {
        List<Mark> marks = new ArrayList<>();
        Creation creation = null;
        boolean readable = fields.size() % 2 == 0;
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byte[] field = fields.get(i);
            Mark mark = MarkCodec.decode(field);
            if (mark != null) {
                marks.add(mark);
            } else if (Arrays.equals(field, CREATION_FIELD)) {
                creation = decodeCreation(fields.get(i + 1));
                readable &= creation != null;
            } else {
                readable &= BinaryReader.decode(field, VERSION_OF, BinaryReader::uuid) != null;
            }
        }
        if (!readable || creation == null || !creation.server().equals(server)) {
            return new Registry(null, null, marks);
        }
        return new Registry(creation.id(), version(fields, creation.id()), marks);
    }

    private static @Nullable Long version(List<byte[]> fields, UUID creation) {
        byte[] name = versionField(creation);
        for (int i = 0; i < fields.size(); i += 2) {
            if (Arrays.equals(fields.get(i), name)) {
                return BinaryReader.decode(fields.get(i + 1), VERSION, BinaryReader::signed);
            }
        }
        return null;
    }
}
