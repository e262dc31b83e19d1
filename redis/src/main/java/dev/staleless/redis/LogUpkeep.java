package dev.staleless.redis;

import dev.staleless.core.changelog.Partition;
import dev.staleless.redis.Batch.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps logs short and lets them expire, with no more commands than that takes: an append sends neither a trim nor a time to live while
 * the log's length, which the server answers with, asks for none, and this node gave it a time to live a moment ago.
 *
 * <p>Neither is ever needed for what is true. A log that is longer than it need be is trimmed after the append that made it so, or
 * after the next one; one of a single element may have been made by that append, and has no time to live then. Both are sent once more
 * commands have been acknowledged, and nobody waits for them. A log lives twice as long as the longest entry and a minute; it is given
 * that again after no more than a minute by whoever appends to it or publishes an entry of it, so it outlives the entry. Where nodes
 * differ in what they give, or the server has dropped a log in between, entries may outlive it, which makes misses.
 *
 * <p>Safe for any thread.
 */
final class LogUpkeep {

    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    /** Logs known to have a time to live. */
    private static final int KNOWN = 1 << 13;

    /** A log may be longer than what is kept by this part of it before it is trimmed. */
    private static final int SLACK = 4;

    private final Options options;
    private final long interval;
    private final Recent<Partition, Long> given = new Recent<>(KNOWN);

    LogUpkeep(Options options) {
        this.options = options;
        interval = Math.min(LONGEST_INTERVAL.toNanos(), options.maxEntryTtl().toNanos() / 2);
    }

    /** How many elements of a log are kept. */
    int kept(Partition partition) {
        return partition.kind() == Partition.Kind.TABLE ? options.keptTableElements() : options.keptElements();
    }

    /** The appends of a report that is to be sent. */
    Appended appended() {
        return new Appended();
    }

    /** Whether a log is to be given a time to live by whoever appends to it or goes by it. */
    boolean isDue(Partition partition) {
        Long nanos = given.get(partition);
        return nanos == null || System.nanoTime() - nanos >= interval;
    }

    /** The server has acknowledged a time to live. */
    void given(Partition partition) {
        given.put(partition, System.nanoTime());
    }

    /** The appends of one report. */
    final class Appended {
        private final Map<Partition, Grown> logs = new LinkedHashMap<>();

        void add(Partition partition, byte[] log, byte[] element, Batch batch) {
            Grown grown = logs.computeIfAbsent(partition, of -> new Grown(log, isDue(of)));
            grown.lengths.add(batch.add(log, (pipeline, link) -> pipeline.pushNewest(log, element)));
            if (grown.lives && grown.lengths.size() == 1) {
                batch.add(log, (pipeline, link) -> pipeline.expire(log, options.logTtl()));
            }
        }

        /**
         * To be called when they have been acknowledged: adds to a batch what is left to be done.
         *
         * @return false if that is nothing
         */
        boolean addRest(Batch batch) {
            boolean any = false;
            for (Map.Entry<Partition, Grown> log : logs.entrySet()) {
                Grown grown = log.getValue();
                if (grown.lives) {
                    given(log.getKey());
                }
                any |= grown.addRest(batch, kept(log.getKey()));
            }
            return any;
        }
    }

    /** A log, what it was answered to each append, and whether it was given a time to live with them. */
    private final class Grown {
        private final byte[] log;
        private final boolean lives;
        private final List<Answer<Long>> lengths = new ArrayList<>(1);

        Grown(byte[] log, boolean lives) {
            this.log = log;
            this.lives = lives;
        }

        boolean addRest(Batch batch, int kept) {
            boolean isNew = length(0) == 1;
            boolean isLong = length(lengths.size() - 1) > kept + (long) kept / SLACK;
            if (isLong) {
                batch.add(log, (pipeline, link) -> pipeline.trim(log, kept));
            }
            if (isNew && !lives) {
                batch.add(log, (pipeline, link) -> pipeline.expire(log, options.logTtl()));
            }
            return isLong || isNew && !lives;
        }

        private long length(int index) {
            return Objects.requireNonNullElse(lengths.get(index).value(), 0L);
        }
    }
}
