package dev.staleless.benchmarks.differential;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The choices by which something is made: random ones, or given ones, which are those of an earlier case and can be changed in
 * any way. The smaller a choice, the simpler what is made; where the given ones end, the simplest follows.
 */
final class Choices {

    private final @Nullable SplittableRandom random;
    private final int[] given;
    private int[] made = new int[64];
    private int count;

    private Choices(@Nullable SplittableRandom random, int[] given) {
        this.random = random;
        this.given = given;
    }

    static Choices random(SplittableRandom random) {
        return new Choices(random, new int[0]);
    }

    static Choices given(int[] choices) {
        return new Choices(null, choices);
    }

    /** A number from 0 to one less than the bound. */
    int below(int bound) {
        int choice =
                random != null ? random.nextInt(bound) : count < given.length ? Math.min(given[count], bound - 1) : 0;
        if (count == made.length) {
            made = Arrays.copyOf(made, 2 * count);
        }
        made[count++] = choice;
        return choice;
    }

    /** True in so many of a hundred cases. */
    boolean chance(int percent) {
        return below(100) >= 100 - percent;
    }

    @SafeVarargs
    final <T> T pick(T... of) {
        return of[below(of.length)];
    }

    <T> T pick(List<T> of) {
        return of.get(below(of.size()));
    }

    /** Those made so far. */
    int[] made() {
        return Arrays.copyOf(made, count);
    }
}
