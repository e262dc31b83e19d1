package dev.staleless.jdbc.admission;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import java.util.function.IntSupplier;

/** Executions of one query text in simulated time: each takes as long as is said, and changes drop results now and then. */
final class SimulatedWorkload {

    /**
     * What one execution takes.
     *
     * @param more what a miss takes more than the database
     */
    record Costs(Duration database, Duration hit, Duration more) {
        static Costs micros(long database, long hit, long more) {
            return new Costs(
                    Duration.ofNanos(database * 1_000), Duration.ofNanos(hit * 1_000), Duration.ofNanos(more * 1_000));
        }
    }

    private final Random random;
    private final BitSet cached = new BitSet();
    private final BitSet asked = new BitSet();
    private final Shape shape;
    private long now;
    private long spent;
    private long spentWithout;
    private long spentCachingAll;
    private final BitSet cachedByAll = new BitSet();

    SimulatedWorkload(long seed, AdmissionSettings settings) {
        random = new Random(seed);
        Clock clock = new Clock() {
            @Override
            public long nanos() {
                return now;
            }

            @Override
            public long millis() {
                return now / 1_000_000;
            }
        };
        shape = Shapes.create(Admission.ADAPTIVE, settings, clock).of("SELECT");
    }

    Random random() {
        return random;
    }

    Shape shape() {
        return shape;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    /**
     * Executes.
     *
     * @param results chooses the result that is asked for
     * @param dropped the share of executions before which the result was changed
     */
    void run(int executions, Costs costs, IntSupplier results, double dropped) {
        for (int i = 0; i < executions; i++) {
            int result = results.getAsInt();
            boolean changed = random.nextDouble() < dropped;
            if (changed) {
                cached.clear(result);
                cachedByAll.clear(result);
            }
            execute(costs, result, changed);
            spentWithout += costs.database().toNanos();
            spentCachingAll += cachedByAll.get(result)
                    ? costs.hit().toNanos()
                    : costs.database().plus(costs.more()).toNanos();
            cachedByAll.set(result);
        }
    }

    private void execute(Costs costs, int result, boolean changed) {
        long began = now;
        if (!shape.admits(new EntryKey("k" + result, new byte[0]), Admission.ADAPTIVE)) {
            pass(costs.database());
            shape.leftToDatabase(now - began);
        } else if (cached.get(result)) {
            pass(costs.hit());
            shape.hit(now - began);
        } else {
            pass(costs.database().plus(costs.more()));
            cached.set(result);
            MissReason reason = changed && asked.get(result) ? MissReason.CHANGED : MissReason.ABSENT;
            shape.missed(reason, now - began, costs.database().toNanos());
        }
        asked.set(result);
        spent += now - began;
    }

    /** Time spent, in relation to the better of caching everything and nothing. */
    double ratio() {
        return (double) spent / Math.min(spentWithout, spentCachingAll);
    }
}
