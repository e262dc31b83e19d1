package dev.staleless.jdbc.key;

import dev.staleless.core.store.EntryKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Makes the keys of one database's computed values. */
public final class ValueKeys {
    private static final int NAME_BYTES = 12;
    private static final int IDENTITY_BYTES = 16;

    /** Changes whenever what is kept has another form. */
    private static final String FORMAT = "computed 1";

    private final String database;

    public ValueKeys(String database) {
        this.database = database;
    }

    /**
     * The key under which is noted what a value was computed from.
     *
     * @param session digest of the settings of the sessions that it was computed in, or what stands for them
     */
    public EntryKey note(String session, String function, List<String> arguments) {
        KeyDigest digest = begun("note");
        digest.text(session);
        write(digest, function, arguments);
        return key(digest);
    }

    /** The key of a value that was computed from what a note tells. */
    public EntryKey value(EntryKey note, byte[] told) {
        KeyDigest digest = begun("value");
        digest.text(note.name());
        digest.bytes(note.identity());
        digest.bytes(told);
        return key(digest);
    }

    /** The key of something that a value is declared to depend on. */
    public EntryKey declared(String text) {
        KeyDigest digest = begun("declared");
        digest.text(text);
        return key(digest);
    }

    /** A number for a function and its arguments. Two of them have the same one by chance only. */
    public static long number(String function, List<String> arguments) {
        KeyDigest digest = new KeyDigest();
        write(digest, function, arguments);
        return ByteBuffer.wrap(digest.finish()).getLong();
    }

    private KeyDigest begun(String kind) {
        KeyDigest digest = new KeyDigest();
        digest.text(database);
        digest.text(FORMAT);
        digest.text(kind);
        return digest;
    }

    private static void write(KeyDigest digest, String function, List<String> arguments) {
        digest.text(function);
        digest.number(arguments.size());
        arguments.forEach(digest::text);
    }

    private static EntryKey key(KeyDigest digest) {
        byte[] all = digest.finish();
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(all, NAME_BYTES));
        return new EntryKey(name, Arrays.copyOfRange(all, NAME_BYTES, NAME_BYTES + IDENTITY_BYTES));
    }
}
