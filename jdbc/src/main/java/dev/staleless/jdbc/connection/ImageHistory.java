package dev.staleless.jdbc.connection;

/**
 * What the row images of one statement have cost so far, and whether the next execution is to fetch them. Safe for any thread.
 *
 * <p>Now and then one is executed without, to have something to compare with. Where too many rows were changed for their images to
 * be of use, the next executions go without, each time twice as many; where images cost too much time, many do.
 */
final class ImageHistory {
    private static final int SAMPLE = 32;
    private static final int FIRST_REST = 32;
    private static final int LONGEST_REST = 4096;
    private static final int EXPENSIVE_REST = 512;

    /** By what part of itself the middle moves towards each execution: one that takes a hundred times as long weighs no more. */
    private static final double STEP = 0.0625;

    /** More than this many times as long, and this much longer, is too expensive. */
    private static final double EXPENSIVE_TIMES = 2;

    private static final double EXPENSIVE_NANOS = 500_000;

    private int executions;
    private int resting;
    private int lastRest;
    private double imaged;
    private double plain;

    /** Whether this execution is to fetch images. */
    synchronized boolean next() {
        executions++;
        if (resting > 0) {
            resting--;
            return false;
        }
        return executions % SAMPLE != 2;
    }

    /** An execution with images has ended. */
    synchronized void imaged(long nanos, boolean useless) {
        imaged = middle(imaged, nanos);
        if (useless) {
            lastRest = Math.min(LONGEST_REST, Math.max(FIRST_REST, 2 * lastRest));
            resting = lastRest;
        } else {
            lastRest = 0;
        }
        if (plain > 0 && imaged > EXPENSIVE_TIMES * plain && imaged > plain + EXPENSIVE_NANOS) {
            resting = Math.max(resting, EXPENSIVE_REST);
            imaged = 0;
        }
    }

    /** An execution without images has ended. */
    synchronized void plain(long nanos) {
        plain = middle(plain, nanos);
    }

    /** Follows the median. */
    private static double middle(double middle, long value) {
        if (middle == 0) {
            return value;
        }
        return middle * (value > middle ? 1 + STEP : 1 - STEP);
    }
}
