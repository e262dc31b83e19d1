package dev.staleless.testkit.decision;

/** The seed of the random tests of the decision: fixed, unless {@code -Dtests.seed=N} gives another. */
final class Seeds {

    private static final long FIXED = 20_201_123L;

    private Seeds() {}

    static long seed() {
        return Long.getLong("tests.seed", FIXED);
    }
}
