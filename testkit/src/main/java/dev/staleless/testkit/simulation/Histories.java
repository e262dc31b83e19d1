package dev.staleless.testkit.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * What each node has done and was answered so far, as one number. It stands for everything that is in the node's memory and on its
 * threads' stacks: the code is deterministic, so after the same steps with the same answers it is in the same state.
 *
 * <p>A thread that belongs to no node has a history of its own, by its name.
 */
final class Histories {

    private static final long CRASHED = 1;

    private final Map<String, Long> byOwner = new HashMap<>();
    private final Map<String, Integer> threads = new HashMap<>();

    /** Number of a new thread, among those of its owner. */
    int spawned(String owner) {
        return threads.merge(owner, 1, Integer::sum);
    }

    /** One of its threads has done something that depends on what is told by a number. */
    void happened(String owner, int thread, String what, long observed) {
        long history = byOwner.getOrDefault(owner, 0L);
        byOwner.put(owner, mix(mix(mix(history, thread), what.hashCode()), observed));
    }

    /** Nothing that the owner remembers matters any more. */
    void crashed(String owner) {
        byOwner.put(owner, CRASHED);
    }

    /** What the owner remembers is told by a number. */
    void became(String owner, int state) {
        byOwner.put(owner, (long) state);
    }

    long digest() {
        long digest = 0;
        for (Map.Entry<String, Long> history : byOwner.entrySet()) {
            digest += mix(history.getKey().hashCode(), history.getValue());
        }
        return digest;
    }

    /** A hash of both; their order matters. */
    static long mix(long hash, long value) {
        long mixed = (hash ^ value * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 31) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 29;
    }
}
