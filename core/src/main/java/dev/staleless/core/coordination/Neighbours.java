package dev.staleless.core.coordination;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.CoordinationTables.NodeRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of the others: whose beat has stood still, and who is gone.
 *
 * <p>A node's row exists before its first mark. So a node whose mark was read before the rows were asked for, and which has no
 * row, is gone. Sights are the watch's alone; suspects come from any thread.
 */
final class Neighbours {

    private static final long MAX_GAP = Duration.ofSeconds(5).toNanos();
    private static final long FORGET = Duration.ofMinutes(1).toNanos();
    private static final int MAX_SUSPECTS = 10_000;

    /** A node whose mark blocks, and the session that has to have ended too, if there is one. */
    record Suspect(UUID node, @Nullable String session) {}

    /**
     * A beat that stands still.
     *
     * @param first when the answer came that showed it first
     * @param last when the last answer came
     */
    private record Sight(long beat, Moment first, Moment last) {}

    private final Clock clock;
    private final long goneAfter;
    private final Map<UUID, Sight> sights = new HashMap<>();
    private final Map<Suspect, Moment> suspects = new ConcurrentHashMap<>();
    private final Cache<Suspect, Boolean> gone = Caffeine.newBuilder()
            .maximumSize(MAX_SUSPECTS)
            .executor(Runnable::run)
            .build();

    /** @param goneAfter how long a beat must have stood still: 2.2 watch leases */
    Neighbours(Clock clock, Duration goneAfter) {
        this.clock = clock;
        this.goneAfter = goneAfter.toNanos();
    }

    /** Whether the mark's node is known to be gone; if not, it is suspected from now on. */
    boolean isGone(Mark mark) {
        Suspect suspect = new Suspect(mark.node(), mark.session());
        if (gone.getIfPresent(suspect) != null) {
            return true;
        }
        if (suspects.size() < MAX_SUSPECTS) {
            suspects.put(suspect, Moment.now(clock));
        }
        return false;
    }

    boolean anySuspect() {
        return !suspects.isEmpty();
    }

    /** Those suspected now: to be asked for before the rows are. */
    Set<Suspect> suspected() {
        return Set.copyOf(suspects.keySet());
    }

    /**
     * Finds out who is gone, from rows that prove it.
     *
     * @param suspected what {@link #suspected} gave before the rows were asked for
     */
    void settle(Set<Suspect> suspected, List<NodeRow> rows, Predicate<String> sessionEnded) {
        Set<UUID> present = new HashSet<>();
        rows.forEach(row -> present.add(row.id()));
        Moment now = Moment.now(clock);
        for (Suspect suspect : suspected) {
            String session = suspect.session();
            Moment asked = suspects.get(suspect);
            if (!present.contains(suspect.node()) && (session == null || sessionEnded.test(session))) {
                gone.put(suspect, true);
                suspects.remove(suspect);
            } else if (asked != null && asked.atMost(now) > FORGET) {
                suspects.remove(suspect);
            }
        }
    }

    /** Forgets every sight: nothing that was seen before proves anything now. */
    void forgetSights() {
        sights.clear();
    }

    /**
     * Takes note of the others' beats.
     *
     * @return those that have stood still long enough, with sights throughout: their rows may be deleted
     */
    List<NodeRow> sighted(List<NodeRow> rows, UUID self, Moment asked, Moment answered) {
        List<NodeRow> still = new ArrayList<>();
        Map<UUID, Sight> seen = new HashMap<>();
        for (NodeRow row : rows) {
            if (row.id().equals(self)) {
                continue;
            }
            Sight before = sights.get(row.id());
            Moment first = before != null
                            && before.beat() == row.beat()
                            && before.last().atMost(asked) <= MAX_GAP
                    ? before.first()
                    : answered;
            Sight sight = new Sight(row.beat(), first, answered);
            seen.put(row.id(), sight);
            if (sight.first().atLeast(asked) >= goneAfter) {
                still.add(row);
            }
        }
        sights.clear();
        sights.putAll(seen);
        return still;
    }
}
