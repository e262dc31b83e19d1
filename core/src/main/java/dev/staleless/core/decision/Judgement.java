package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Query;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all changes since a result was right mean for it, one added after the other. Not safe for several threads.
 *
 * <p>A change either does not matter, or leaves doubts that the database can settle ({@link Doubt}), or neither: then the result is
 * lost.
 */
public final class Judgement {

    /** With more doubts a result is lost. */
    private static final int MANY_DOUBTS = 50;

    private final Query query;
    private final IndexedRows rows;
    private final List<Kept> kept = new ArrayList<>();
    private final Set<Doubt> doubts = new HashSet<>();
    private @Nullable ChangeEvent event;
    private Verdict.@Nullable Affected verdict;

    /** The changes that left doubts, by what they demand of the others of their table. */
    private final Map<Doubt.Others, Set<ChangeEvent>> doubtful = new EnumMap<>(Doubt.Others.class);

    private boolean lost;

    /** A change that does not matter. */
    public record Kept(ChangeEvent event, Verdict.Unaffected verdict) {}

    public Judgement(Query query, IndexedRows rows) {
        this.query = query;
        this.rows = rows;
    }

    /** Adds a change; false if the result is lost. */
    public boolean add(ChangeEvent change) {
        Doubt.Finding finding = Decision.find(query, rows, change);
        if (finding instanceof Doubt.Settled settled) {
            kept.add(new Kept(change, settled.verdict()));
        } else if (finding instanceof Doubt.Open open) {
            affected(change, open.verdict());
            doubts.addAll(open.doubts());
            open.doubts()
                    .forEach(doubt -> doubtful.computeIfAbsent(doubt.others(), others -> new HashSet<>())
                            .add(change));
            lost |= doubts.size() > MANY_DOUBTS;
        } else if (finding instanceof Doubt.Lost none) {
            affected(change, none.verdict());
            lost = true;
        }
        return !lost;
    }

    private void affected(ChangeEvent change, Verdict.Affected why) {
        if (verdict == null) {
            event = change;
            verdict = why;
        }
    }

    /** The changes that do not matter. */
    public List<Kept> kept() {
        return kept;
    }

    /** The first change that may matter; null if there is none. */
    public @Nullable ChangeEvent event() {
        return event;
    }

    /** Why it may; null if there is none. */
    public Verdict.@Nullable Affected verdict() {
        return verdict;
    }

    /** What has to be settled for the result to be right; null if it is lost. */
    public @Nullable Set<Doubt> doubts() {
        return lost || !grants(Doubt.Others.REMOVE) || !grants(Doubt.Others.STAY) ? null : doubts;
    }

    /** Whether the changes that demand something of the others of their tables have it. */
    private boolean grants(Doubt.Others demand) {
        Set<ChangeEvent> demanding = doubtful.getOrDefault(demand, Set.of());
        for (ChangeEvent one : demanding) {
            for (ChangeEvent other : changes()) {
                boolean right = demand == Doubt.Others.REMOVE
                        ? other.equals(one) || isRemoval(other) && isRemoval(one)
                        : demanding.contains(other);
                if (other.table().equals(one.table()) && !right) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isRemoval(ChangeEvent change) {
        return change.kind() == ChangeEvent.Kind.DELETE;
    }

    private Set<ChangeEvent> changes() {
        Set<ChangeEvent> changes = new HashSet<>();
        doubtful.values().forEach(changes::addAll);
        kept.forEach(each -> changes.add(each.event()));
        return changes;
    }
}
