package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that look at one side of a change: an event does not matter if neither the row matters that leaves nor the one that
 * comes, each by a rule of its own.
 *
 * <p>Proof. An INSERT is a row that comes, a DELETE one that leaves, an UPDATE a row that leaves and then one that comes; a set
 * of rows is so many rows that leave, one after the other, and then as many that come, so that at no step two rows have one
 * key. A TRUNCATE is rows that leave of which nothing is known, and for {@link ChangeEvent.Kind#ANY} rows leave that fit the
 * before image and rows come that fit the after image, any number in any order; without such images anything may have
 * happened, the table's definition included, and nothing is spared. Each step leads from a state in which the query
 * returns the cached rows to another such state, for the rules hold for all of them, whether the database was ever in it or
 * not.
 */
final class Sides implements Rule {

    private static final int NOTHING = 0;
    private static final int NOT_SPARED = -1;

    private final SideRule[] rules;

    /** The verdict by the rule for what leaves and the rule for what comes, each plus one; 0 is nothing. */
    private final Verdict.Unaffected[][] verdicts;

    Sides(List<SideRule> rules) {
        this.rules = rules.toArray(new SideRule[0]);
        int count = this.rules.length + 1;
        verdicts = new Verdict.Unaffected[count][count];
        for (int left = 0; left < count; left++) {
            for (int come = 0; come < count; come++) {
                verdicts[left][come] = verdict(left, come);
            }
        }
    }

    private Verdict.Unaffected verdict(int left, int come) {
        if (left == NOTHING && come == NOTHING) {
            return new Verdict.Unaffected("nothing comes or leaves", List.of());
        } else if (left == NOTHING) {
            return new Verdict.Unaffected(
                    "the new row " + rules[come - 1].words(true), List.of(rules[come - 1].name()));
        } else if (come == NOTHING) {
            return new Verdict.Unaffected(
                    "the old row " + rules[left - 1].words(false), List.of(rules[left - 1].name()));
        }
        SideRule before = rules[left - 1];
        SideRule after = rules[come - 1];
        String words = "the row as it was " + before.words(false) + ", and as it is now " + after.words(true);
        return new Verdict.Unaffected(
                words, left == come ? List.of(before.name()) : List.of(before.name(), after.name()));
    }

    @Override
    public Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
        if (event.kind() == ChangeEvent.Kind.ANY && !(says(event.before()) && says(event.after()))) {
            return null;
        }
        boolean comes = event.kind() != ChangeEvent.Kind.DELETE && event.kind() != ChangeEvent.Kind.TRUNCATE;
        int come = comes ? first(use, rows, event, true) : NOTHING;
        if (come == NOT_SPARED) {
            return null;
        }
        int left = event.kind() == ChangeEvent.Kind.INSERT ? NOTHING : first(use, rows, event, false);
        return left == NOT_SPARED ? null : verdicts[left][come];
    }

    private static boolean says(@Nullable Image image) {
        return image != null && !image.values().isEmpty();
    }

    /** Whether the row on one side of the change does not matter. */
    boolean spare(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
        return first(use, rows, event, after) != NOT_SPARED;
    }

    private int first(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after) {
        for (int i = 0; i < rules.length; i++) {
            if (rules[i].spares(use, rows, event, after)) {
                return i + 1;
            }
        }
        return NOT_SPARED;
    }
}
