package dev.staleless.core.coordination;

/** The two clocks of one machine. Clocks of different machines are never compared. */
public interface Clock {

    /** Nanoseconds of a monotonic clock: only differences mean something. */
    long nanos();

    /** Milliseconds of the wall clock. */
    long millis();

    /** The clocks of this machine. */
    static Clock system() {
        return new Clock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public long millis() {
                return System.currentTimeMillis();
            }
        };
    }
}
