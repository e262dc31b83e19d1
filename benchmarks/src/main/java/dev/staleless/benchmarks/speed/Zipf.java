package dev.staleless.benchmarks.speed;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Numbers of which a few come often and most seldom: the k-th most frequent in proportion to 1/k, spread over the whole range. */
final class Zipf {

    private static final int SPREAD = 7_919;

    private final double[] cumulative;

    Zipf(int size) {
        cumulative = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += 1.0 / (i + 1);
            cumulative[i] = sum;
        }
    }

    /** From zero to the size, exclusive. */
    int next(RandomGenerator random) {
        double at = random.nextDouble(cumulative[cumulative.length - 1]);
        int rank = Arrays.binarySearch(cumulative, at);
        int found = rank < 0 ? -rank - 1 : rank;
        return (int) ((long) Math.min(found, cumulative.length - 1) * SPREAD % cumulative.length);
    }
}
