package dev.staleless.benchmarks.differential;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing case small: fewer writes, fewer rows, and simpler choices for everything, as long as it fails. What is left is
 * told as SQL.
 */
final class Shrinker {

    private static final int ATTEMPTS = 1500;

    private final Replay replay;
    private int attempts;

    Shrinker(Area area, Fault fault) {
        this.replay = new Replay(area, fault);
    }

    /** What is wrong, as SQL; null if the case does not fail. */
    @Nullable
    String shrink(FuzzCase failing) throws SQLException {
        if (replay.failure(failing) == null) {
            return null;
        }
        FuzzCase smallest = failing;
        FuzzCase before;
        do {
            before = smallest;
            smallest = fewerWrites(smallest);
            smallest = fewerRows(smallest);
            smallest = simpler(smallest, smallest.query(), smallest::withQuery);
            for (int i = 0; i < smallest.writes().size(); i++) {
                int at = i;
                FuzzCase of = smallest;
                smallest =
                        simpler(of, of.writes().get(i), choices -> of.withWrites(replaced(of.writes(), at, choices)));
            }
            FuzzCase of = smallest;
            smallest = simpler(of, of.schema(), of::withSchema);
        } while (!smallest.equals(before) && attempts < ATTEMPTS);
        return replay.failure(smallest);
    }

    private boolean fails(FuzzCase candidate) throws SQLException {
        attempts++;
        return replay.failure(candidate) != null;
    }

    private FuzzCase fewerWrites(FuzzCase failing) throws SQLException {
        FuzzCase smallest = failing;
        for (int i = smallest.writes().size() - 2; i >= 0; i--) {
            List<int[]> fewer = new ArrayList<>(smallest.writes());
            fewer.remove(i);
            FuzzCase candidate = smallest.withWrites(fewer);
            smallest = fails(candidate) ? candidate : smallest;
        }
        return smallest;
    }

    private FuzzCase fewerRows(FuzzCase failing) throws SQLException {
        FuzzCase smallest = failing;
        for (int i = smallest.rows().size() - 1; i >= 0; i--) {
            List<FuzzStatement> fewer = new ArrayList<>(smallest.rows());
            fewer.remove(i);
            FuzzCase candidate = smallest.withRows(fewer);
            smallest = fails(candidate) ? candidate : smallest;
        }
        return smallest;
    }

    private static List<int[]> replaced(List<int[]> all, int at, int[] by) {
        List<int[]> changed = new ArrayList<>(all);
        changed.set(at, by);
        return changed;
    }

    /** Takes runs of choices out, then makes single ones smaller. */
    private FuzzCase simpler(FuzzCase failing, int[] choices, Function<int[], FuzzCase> with) throws SQLException {
        FuzzCase smallest = failing;
        int[] current = choices;
        for (int size = 16; size >= 1; size /= 2) {
            for (int at = current.length - size; at >= 0 && attempts < ATTEMPTS; at--) {
                if (at + size > current.length) {
                    continue;
                }
                int[] candidate = without(current, at, size);
                FuzzCase shorter = with.apply(candidate);
                if (fails(shorter)) {
                    smallest = shorter;
                    current = candidate;
                }
            }
        }
        for (int at = 0; at < current.length && attempts < ATTEMPTS; at++) {
            for (int value : new int[] {0, current[at] / 2, current[at] - 1}) {
                if (value >= 0 && value < current[at]) {
                    int[] candidate = current.clone();
                    candidate[at] = value;
                    FuzzCase lower = with.apply(candidate);
                    if (fails(lower)) {
                        smallest = lower;
                        current = candidate;
                        break;
                    }
                }
            }
        }
        return smallest;
    }

    private static int[] without(int[] choices, int at, int size) {
        int[] fewer = new int[choices.length - size];
        System.arraycopy(choices, 0, fewer, 0, at);
        System.arraycopy(choices, at + size, fewer, at, choices.length - at - size);
        return fewer;
    }
}
