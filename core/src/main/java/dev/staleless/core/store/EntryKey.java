package dev.staleless.core.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The key of a cached result.
 *
 * @param name short name under which a store files it: a part of a digest of everything that decides what the query returns
 * @param identity the rest of that digest, kept in the entry and compared on read: two keys of one name are a miss
 */
public record EntryKey(String name, byte[] identity) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntryKey key && name.equals(key.name) && Arrays.equals(identity, key.identity);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
