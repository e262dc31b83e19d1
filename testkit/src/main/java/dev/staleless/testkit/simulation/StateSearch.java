package dev.staleless.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Every state that can be reached, depth first. A run that comes to a state in which an earlier one was is given up there: what
 * follows was tried, or will be. So each way out of each state is taken once, and each check on it made.
 *
 * <p>States are known by fingerprints of 64 bits: of n states two have the same by chance with a probability of n²/2⁶⁵, in a
 * million times a million that is less than one in ten million. Each run repeats another one from its beginning, and where it leaves
 * that its fingerprint is compared with the one that was there: what the choices do not determine would show.
 *
 * <p>Where the next step of one thread conflicts with nothing that anybody else may do before the end of the run, it is taken at once,
 * and nothing else is tried instead: it makes no difference when it is taken (a persistent set of one, P. Godefroid, Partial-Order
 * Methods for the Verification of Concurrent Systems, 1996). What others may do is what they were seen to do in any run. When one is
 * seen to do more, everything is begun anew; so what was relied on holds in every run of the last search, and thus, from the end of
 * the runs backwards, in those that it left out. To begin with, runs at random are looked at, until
 * none of many has shown anything more.
 */
final class StateSearch implements Choices {

    /** What was decided at one point of a run: which of so many. */
    private static final class Point {
        final int options;
        final long state;
        /** Whether the others are tried as well. */
        final boolean open;

        int chosen;

        Point(int options, long state, boolean open, int chosen) {
            this.options = options;
            this.state = state;
            this.open = open;
            this.chosen = chosen;
        }

        boolean advance() {
            return open && ++chosen < options;
        }
    }

    private static final int LEARNING = 200;

    private final List<Point> points = new ArrayList<>();
    private final Map<String, Footprint> touched = new HashMap<>();
    private final boolean reduced;
    private LongSet visited = new LongSet();
    private LongSet ends = new LongSet();
    private boolean outdated;
    private int depth;
    private int learning = LEARNING;
    private final Random random = new Random(1);

    StateSearch() {
        this(true);
    }

    /** @param reduced whether steps that conflict with none are taken at once */
    StateSearch(boolean reduced) {
        this.reduced = reduced;
    }

    /** Begins the next run. */
    void restart() {
        depth = 0;
    }

    int states() {
        return visited.size();
    }

    @Override
    public boolean needStates() {
        return true;
    }

    @Override
    public void touched(String thread, Footprint footprint, Footprint more) {
        if (learning == 0 && depth < points.size()) {
            // as it was before
            return;
        }
        Footprint known = touched.getOrDefault(thread, Footprint.NONE);
        if (!known.covers(footprint) || !known.covers(more)) {
            touched.put(thread, known.and(footprint).and(more));
            outdated = true;
            learning = learning > 0 ? LEARNING : 0;
        }
    }

    @Override
    public void ended(long fingerprint) {
        if (learning == 0) {
            ends.add(fingerprint);
        }
    }

    /** The states in which runs have ended. */
    Set<Long> ends() {
        return ends.toSet();
    }

    @Override
    public int choose(Kind kind, int options) {
        if (options == 1 || learning > 0) {
            return learning > 0 ? random.nextInt(options) : 0;
        }
        return depth < points.size() ? again(options, 0) : decided(new Point(options, 0, true, 0));
    }

    @Override
    public int next(int able, Situation situation) {
        if (learning > 0) {
            return random.nextInt(able);
        }
        if (depth < points.size()) {
            // where a run leaves the one before it is where the state is compared, in which all that was before shows
            return again(able, depth == points.size() - 1 ? situation.fingerprint() : 0);
        }
        int free = reduced ? free(situation) : -1;
        if (free >= 0) {
            return decided(new Point(able, 0, false, free));
        }
        long fingerprint = situation.fingerprint();
        if (!visited.add(fingerprint)) {
            return GIVE_UP;
        }
        return decided(new Point(able, fingerprint, true, 0));
    }

    private int decided(Point point) {
        points.add(point);
        depth++;
        return point.chosen;
    }

    private int again(int options, long state) {
        Point point = points.get(depth++);
        if (point.options != options || state != 0 && point.state != 0 && point.state != state) {
            throw new IllegalStateException("the scenario is not deterministic");
        }
        return point.chosen;
    }

    /** The first whose next step conflicts with nothing that others may do; -1 if there is none. */
    private int free(Situation situation) {
        List<Able> able = situation.able();
        for (int i = 0; i < able.size(); i++) {
            Able candidate = able.get(i);
            if (candidate.alone() && candidate.rivals().stream().noneMatch(rival -> conflict(candidate, rival))) {
                return i;
            }
        }
        return -1;
    }

    private boolean conflict(Able candidate, String rival) {
        return candidate.footprint().conflictsWith(touched.getOrDefault(rival, Footprint.NONE));
    }

    /** Goes to the next way out; false if there is none. */
    boolean advance() {
        learning = Math.max(0, learning - 1);
        if (learning > 0) {
            return true;
        }
        if (outdated) {
            outdated = false;
            points.clear();
            visited = new LongSet();
            ends = new LongSet();
            return true;
        }
        while (!points.isEmpty()) {
            if (points.get(points.size() - 1).advance()) {
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

    /** A set of numbers, by open addressing. */
    private static final class LongSet {
        private long[] slots = new long[1 << 16];
        private int size;

        int size() {
            return size;
        }

        Set<Long> toSet() {
            return LongStream.of(slots).filter(slot -> slot != 0).boxed().collect(Collectors.toSet());
        }

        boolean add(long number) {
            long stored = number == 0 ? 1 : number;
            if (!put(slots, stored)) {
                return false;
            }
            if (++size > slots.length / 2) {
                long[] larger = new long[slots.length * 2];
                for (long slot : slots) {
                    if (slot != 0) {
                        put(larger, slot);
                    }
                }
                slots = larger;
            }
            return true;
        }

        private static boolean put(long[] slots, long number) {
            int mask = slots.length - 1;
            int index = (int) (number ^ number >>> 32) & mask;
            while (slots[index] != 0) {
                if (slots[index] == number) {
                    return false;
                }
                index = (index + 1) & mask;
            }
            slots[index] = number;
            return true;
        }
    }
}
