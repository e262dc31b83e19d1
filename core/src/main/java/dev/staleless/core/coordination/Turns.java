package dev.staleless.core.coordination;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The reading in use, and the turns begun under it and under older ones.
 *
 * <p>A turn is counted on a reading, then the reading is looked at again: if it is no longer the one in use, the turn begins
 * anew on the one that is. So whoever replaces the reading and then counts sees every turn that goes on under an older one.
 * Beginnings and ends are counted apart, and ends are read first: if the sums are equal, there was a moment in between with
 * no turn under way.
 *
 * <p>Beginning and ending take no lock. {@code older} is guarded by this.
 */
final class Turns {

    private final Predicate<Reading> fresh;
    private final Deque<Held> older = new ArrayDeque<>();
    private volatile Held current = new Held(null);

    /** @param fresh whether the watch of the registering under which a reading was made is fresh now */
    Turns(Predicate<Reading> fresh) {
        this.fresh = fresh;
    }

    Turn begin(Turn.Kind kind) {
        while (true) {
            Held held = current;
            held.begun(kind).increment();
            if (held == current) {
                return new HeldTurn(held, kind);
            }
            held.ended(kind).increment();
        }
    }

    @Nullable
    Reading reading() {
        return current.reading;
    }

    /** Uses another reading from now on; null for none. */
    synchronized void apply(@Nullable Reading reading) {
        if (current.reading != null) {
            older.addLast(current);
        }
        current = new Held(reading);
    }

    /** The newest version older than which nothing is served any more. Asked after the reading in use was applied. */
    synchronized long stopped() {
        return quiet(Turn.Kind.SERVE);
    }

    /** The newest version older than which nothing that was decided can take effect any more. */
    synchronized long seen() {
        return Math.min(quiet(Turn.Kind.SERVE), quiet(Turn.Kind.COMMIT));
    }

    /** Whether no commit is under way, whichever reading it was decided by. */
    synchronized boolean idle() {
        return !current.busy(Turn.Kind.COMMIT) && older.stream().noneMatch(held -> held.busy(Turn.Kind.COMMIT));
    }

    private long quiet(Turn.Kind kind) {
        Reading reading = current.reading;
        if (reading == null) {
            return 0;
        }
        older.removeIf(held -> !held.busy(Turn.Kind.SERVE) && !held.busy(Turn.Kind.COMMIT));
        long version = reading.version();
        for (Held held : older) {
            // turns under an earlier registering went with it: to the others that node is gone
            if (held.reading != null && held.reading.node().equals(reading.node()) && held.busy(kind)) {
                version = Math.min(version, held.reading.version());
            }
        }
        return version;
    }

    /** A reading with the turns begun under it. */
    private static final class Held {
        final @Nullable Reading reading;
        private final LongAdder servesBegun = new LongAdder();
        private final LongAdder servesEnded = new LongAdder();
        private final LongAdder commitsBegun = new LongAdder();
        private final LongAdder commitsEnded = new LongAdder();

        Held(@Nullable Reading reading) {
            this.reading = reading;
        }

        LongAdder begun(Turn.Kind kind) {
            return kind == Turn.Kind.SERVE ? servesBegun : commitsBegun;
        }

        LongAdder ended(Turn.Kind kind) {
            return kind == Turn.Kind.SERVE ? servesEnded : commitsEnded;
        }

        boolean busy(Turn.Kind kind) {
            long ended = ended(kind).sum();
            return begun(kind).sum() != ended;
        }
    }

    private final class HeldTurn implements Turn {
        private final Held held;
        private final Kind kind;
        private final AtomicBoolean over = new AtomicBoolean();

        HeldTurn(Held held, Kind kind) {
            this.held = held;
            this.kind = kind;
        }

        @Override
        public @Nullable Reading reading() {
            return held.reading;
        }

        @Override
        public boolean mayServe() {
            Reading reading = held.reading;
            return reading != null && reading.serving() && fresh.test(reading);
        }

        @Override
        public boolean mayCommit() {
            return held.reading != null && fresh.test(held.reading);
        }

        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                held.ended(kind).increment();
            }
        }
    }
}
