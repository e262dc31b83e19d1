package dev.staleless.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every interleaving, but of those that differ only in the order of independent steps only one, depth first.
 *
 * <p>Sleep sets (P. Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, 1996): when all that follows a
 * step of one thread was explored, and another thread's step is taken instead, the first thread sleeps there, until somebody
 * takes a step that is not independent of the one it would take: what it would do before that was explored already. A run in
 * which all who can go on sleep is given up. No state that can be reached is lost by it, so no violation is.
 *
 * <p>Steps of one node are never independent. The other choices are all tried.
 */
final class SleepSets implements Choices {

    /** A point where more than one thing may happen. */
    private static final class Point {
        final @Nullable List<Able> able;
        final int options;
        /** The steps that threads would take which sleep here, by thread. */
        final Map<Integer, Able> asleep;

        int chosen;

        Point(@Nullable List<Able> able, int options, Map<Integer, Able> asleep) {
            this.able = able;
            this.options = options;
            this.asleep = asleep;
        }

        boolean next() {
            if (able == null) {
                return ++chosen < options;
            }
            Able done = able.get(chosen);
            asleep.put(done.thread(), done);
            return choose();
        }

        /** Chooses the first that does not sleep; false if all do. */
        boolean choose() {
            for (int i = 0; able != null && i < able.size(); i++) {
                if (!asleep.containsKey(able.get(i).thread())) {
                    chosen = i;
                    return true;
                }
            }
            return false;
        }
    }

    private final List<Point> points = new ArrayList<>();
    private int depth;
    private Map<Integer, Able> asleep = new HashMap<>();

    void restart() {
        depth = 0;
        asleep = new HashMap<>();
    }

    @Override
    public int choose(Kind kind, int options) {
        if (options == 1) {
            return 0;
        }
        if (depth == points.size()) {
            points.add(new Point(null, options, Map.of()));
        }
        return points.get(depth++).chosen;
    }

    @Override
    public int next(List<Able> able) {
        Point point;
        if (depth == points.size()) {
            point = new Point(able, able.size(), new HashMap<>(asleep));
            if (!point.choose()) {
                return GIVE_UP;
            }
            points.add(point);
        } else {
            point = points.get(depth);
            if (point.able == null || point.able.size() != able.size()) {
                throw new IllegalStateException("the scenario is not deterministic");
            }
        }
        depth++;
        Able chosen = able.get(point.chosen);
        asleep = new HashMap<>(point.asleep);
        asleep.values().removeIf(sleeper -> sleeper.dependsOn(chosen));
        return point.chosen;
    }

    /** Goes to the next combination; false if there is none. */
    boolean advance() {
        while (!points.isEmpty()) {
            if (points.get(points.size() - 1).next()) {
                return true;
            }
            points.remove(points.size() - 1);
        }
        return false;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        points.subList(0, depth).forEach(point -> text.append(point.chosen));
        return text.toString();
    }
}
