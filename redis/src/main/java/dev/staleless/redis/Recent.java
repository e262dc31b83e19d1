package dev.staleless.redis;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was put last under some keys: a table of fixed size in which a key's place is given by its hash, so that one key may put out
 * another. Looking and putting cost next to nothing, nothing is allocated but what is put, and nothing waits. Safe for any thread.
 *
 * @param <K> with a good hash; compared by {@code equals}
 */
final class Recent<K, V> {

    private record Slot<K, V>(K key, V value) {}

    private final AtomicReferenceArray<@Nullable Slot<K, V>> slots;

    /** @param size a power of two */
    Recent(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("size must be a power of two: " + size);
        }
        slots = new AtomicReferenceArray<>(size);
    }

    /** Null if nothing was put under this key, or something under another one since. */
    @Nullable
    V get(K key) {
        Slot<K, V> slot = slots.get(place(key));
        return slot != null && slot.key().equals(key) ? slot.value() : null;
    }

    void put(K key, V value) {
        slots.set(place(key), new Slot<>(key, value));
    }

    private int place(K key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & (slots.length() - 1);
    }
}
