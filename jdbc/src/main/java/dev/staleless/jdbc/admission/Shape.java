package dev.staleless.jdbc.admission;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.store.EntryKey;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One query text, what is measured of its executions, and whether they are cached because of it.
 *
 * <p>With {@code D} what the database takes, {@code H} what a hit takes and {@code M} what a miss takes more than the database,
 * caching has cost {@code misses * M - hits * (D - H)}. It begins admitted. Executions are looked at in stretches: one that has cost
 * more than is tolerated ends it, unless the share of hits still grows from stretch to stretch, as it does until the results that are
 * asked for again and again are all there. Then all executions go to the database, and after a pause a {@link Trial} shows whether
 * something has changed; what trials may cost is limited, and pauses become longer if they show nothing. The first one comes at
 * once where little was changed: there may be so many results that hardly any was asked for twice yet.
 *
 * <p>The order of calls for one execution: {@link #admits}; if it does, one of {@link #hit}, {@link #missed}, or none if the
 * execution tells nothing; else {@link #leftToDatabase}. Safe for any thread; one lock, under which nothing else is called.
 */
public final class Shape {

    /** A share of hits grows if it is more than so much times that of before, and so much. */
    private static final double GROWTH = 1.2;

    private static final double GROWTH_MORE = 0.02;
    private static final int MOST_DOUBLINGS = 20;
    private static final int PATIENCE = 2;

    private final String sql;
    private final AdmissionSettings settings;
    private final Clock clock;
    private final boolean always;
    private final LongAdder hits = new LongAdder();
    private final LongAdder absent = new LongAdder();
    private final LongAdder changed = new LongAdder();
    private final LongAdder uncached = new LongAdder();
    private final Mean database = new Mean();
    private final Mean hit = new Mean();
    private final Mean miss = new Mean();

    private volatile boolean admitted = true;
    private volatile boolean young = true;
    private volatile @Nullable Trial trial;

    // guarded by this
    private long hitsBefore;
    private long missesBefore;
    private double shareBefore;
    private long patience;
    private int stopped;
    private int fruitless;
    private double costOfOne;
    private long uncachedBefore;
    private volatile long notBefore;

    Shape(String sql, AdmissionSettings settings, Clock clock, boolean always) {
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
        this.always = always;
    }

    /** Whether the result of this execution is to be looked up and kept. */
    public boolean admits(EntryKey key, Admission admission) {
        if (admitted || always || admission == Admission.ALWAYS) {
            return true;
        }
        Trial current = trial;
        return (current != null || clock.nanos() - notBefore >= 0) && tries(key);
    }

    private synchronized boolean tries(EntryKey key) {
        if (admitted) {
            return true;
        }
        Trial current = trial;
        if (current == null) {
            if (!isAffordable()) {
                return false;
            }
            current = new Trial();
            trial = current;
        }
        boolean taken = current.takes(key);
        if (current.tells() && isWorth(current)) {
            admit(current);
        } else if (current.isOver()) {
            trial = null;
            fruitless++;
            pause();
        }
        return taken;
    }

    private boolean isAffordable() {
        double spent = (uncached.sum() - uncachedBefore) * database.value();
        return spent * settings.trialShare() >= costOfOne * Trial.most();
    }

    private boolean isWorth(Trial shown) {
        double saved = shown.hits() * (database.value() - hit.value()) - shown.misses() * miss.value();
        return saved > settings.margin() * (shown.hits() + shown.misses()) * database.value();
    }

    /** All results have to be asked for once before they are there: that takes about so long as the trial has shown. */
    private void admit(Trial shown) {
        trial = null;
        admitted = true;
        patience = PATIENCE * shown.interval();
        shareBefore = 0;
        begin();
    }

    private void pause() {
        long pause = settings.pause().toNanos() << Math.min(stopped + fruitless - 1, MOST_DOUBLINGS);
        long longest = settings.longestPause().toNanos();
        notBefore = clock.nanos() + (pause <= 0 ? longest : Math.min(pause, longest));
        uncachedBefore = uncached.sum();
    }

    /** Whether this execution is to be timed: each one at first, later some of them. */
    public boolean times() {
        return settings.timedOneIn() == 1 || ThreadLocalRandom.current().nextInt(settings.timedOneIn()) == 0 || young;
    }

    /**
     * A result was served.
     *
     * @param nanos what that took; negative if it was not timed
     */
    public void hit(long nanos) {
        hits.increment();
        if (nanos >= 0) {
            timed(nanos);
        } else if (trial != null) {
            told(Outcome.HIT);
        }
    }

    private synchronized void timed(long nanos) {
        hit.add(nanos);
        told(Outcome.HIT);
    }

    private synchronized void told(Outcome outcome) {
        Trial current = trial;
        if (current != null) {
            current.outcome(outcome);
        } else if (admitted) {
            look();
        }
    }

    /**
     * The database was asked after nothing was found.
     *
     * @param nanos what the execution took in all; negative if it was not timed
     * @param databaseNanos what the database took of it
     */
    public void missed(MissReason reason, long nanos, long databaseNanos) {
        Outcome outcome = Outcome.of(reason);
        if (outcome == null) {
            return;
        }
        (outcome == Outcome.ABSENT ? absent : changed).increment();
        synchronized (this) {
            if (nanos >= 0) {
                database.add(databaseNanos);
                miss.add(nanos - databaseNanos);
            }
            told(outcome);
        }
    }

    /**
     * The database was asked, since it is not admitted.
     *
     * @param nanos what that took; negative if it was not timed
     */
    public void leftToDatabase(long nanos) {
        uncached.increment();
        if (nanos >= 0) {
            synchronized (this) {
                database.add(nanos);
            }
        }
    }

    private void look() {
        long newHits = hits.sum() - hitsBefore;
        long newMisses = absent.sum() + changed.sum() - missesBefore;
        long executions = newHits + newMisses;
        if (executions < Math.max(patience, settings.executions()) || !miss.isKnown()) {
            return;
        }
        young = false;
        double cost = newMisses * miss.value() - newHits * (database.value() - hit.value());
        double share = (double) newHits / executions;
        if (cost >= settings.loss().toNanos() && cost > settings.margin() * executions * database.value()) {
            if (share <= shareBefore * GROWTH + GROWTH_MORE) {
                stop(cost / executions);
                return;
            }
        } else if (executions < settings.longest()) {
            return;
        }
        shareBefore = share;
        patience = 0;
        begin();
    }

    private void begin() {
        hitsBefore = hits.sum();
        missesBefore = absent.sum() + changed.sum();
    }

    private void stop(double cost) {
        admitted = false;
        stopped++;
        fruitless = 0;
        costOfOne = cost;
        boolean mayBeNew = stopped == 1 && changed.sum() * 10 < absent.sum();
        if (mayBeNew) {
            trial = new Trial();
        } else {
            pause();
        }
    }

    /** What was measured. */
    public synchronized ShapeReport report() {
        return new ShapeReport(
                sql,
                admitted || always,
                hits.sum(),
                absent.sum(),
                changed.sum(),
                uncached.sum(),
                stopped,
                (long) database.value(),
                (long) hit.value(),
                (long) miss.value());
    }
}
