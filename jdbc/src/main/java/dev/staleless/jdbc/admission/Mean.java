package dev.staleless.jdbc.admission;

/** The mean of what was measured lately. What stands out is taken for less: it tells of the machine. Not safe for several threads. */
final class Mean {

    /** About so many of the last values count. */
    private static final int MEMORY = 64;

    /** From so many values on, one counts for at most {@link #MOST} times the mean. */
    private static final int KNOWN = 16;

    private static final int MOST = 16;

    private long count;
    private double value;

    void add(long measured) {
        count++;
        double counted = count > KNOWN ? Math.min(measured, MOST * value) : measured;
        value += (counted - value) / Math.min(count, MEMORY);
    }

    boolean isKnown() {
        return count > 0;
    }

    /** Zero if nothing was measured. */
    double value() {
        return value;
    }
}
