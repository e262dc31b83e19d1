package dev.staleless.benchmarks.planted;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** What happens between two steps, on the thread that takes them. */
public interface Interlude {

    /** Returns when the next step may be taken. */
    void at(Moment moment);

    /**
     * At a third of all moments, and always before a COMMIT, a pause of up to so many milliseconds: races that last microseconds are met.
     */
    static Interlude pauses(int most) {
        return moment -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            if (moment == Moment.REPORTED || random.nextInt(3) == 0) {
                LockSupport.parkNanos(random.nextLong(1 + most * 1_000_000L));
            }
        };
    }
}
