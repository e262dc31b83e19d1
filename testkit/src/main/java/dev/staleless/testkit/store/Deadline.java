package dev.staleless.testkit.store;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what a real server does in its own time. */
final class Deadline {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Deadline() {}

    /** Returns as soon as the condition holds; fails when it does not in ten seconds. */
    static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
