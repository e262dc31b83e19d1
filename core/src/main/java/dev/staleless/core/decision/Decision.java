package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.Revalidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The affected-by decision: a pure function of a query with its parameters, the cached rows and a change event. It answers
 * {@link Verdict.Unaffected} only when that is certain. Safe for any thread.
 *
 * <p>The query's result is a function of what each occurrence of each base table contributes. The occurrences of the event's
 * table are looked at one after the other, as if each had a copy of the table of its own and the change came to the copies in
 * turn: if none of these steps can change the result, whatever the other occurrences hold, then all of them together do not.
 * For each occurrence one {@link Rule} suffices.
 */
public final class Decision {

    private static final Decision STANDARD = new Decision(Rules.standard());
    private static final Verdict.Unaffected OTHER_TABLE =
            new Verdict.Unaffected("the query does not read the table", List.of());

    private static final Doubts DOUBTS = new Doubts(Logic.STANDARD, new Sides(SideRules.standard(Logic.STANDARD)));

    private final Rule[] rules;

    Decision(List<Rule> rules) {
        this.rules = rules.toArray(new Rule[0]);
    }

    /** The decision by some of the rules: what they leave alone shows what the others are for. */
    public static Decision with(Set<RuleName> rules) {
        return new Decision(Rules.of(rules));
    }

    /** Whether the change can alter the query's result, whatever that is. */
    public static Verdict decide(Query query, ChangeEvent event) {
        return STANDARD.verdict(query, null, event);
    }

    /**
     * Whether the change can alter the query's result if that was these rows.
     *
     * @param rows null if they are not known
     */
    public static Verdict decide(Query query, @Nullable IndexedRows rows, ChangeEvent event) {
        return STANDARD.verdict(query, rows, event);
    }

    /** As {@link #decide(Query, IndexedRows, ChangeEvent)}, by the rules of this decision. */
    public Verdict verdict(Query query, @Nullable IndexedRows rows, ChangeEvent event) {
        BoundQuery bound = query.derived(BoundQuery.class, BoundQuery::of);
        Verdict.Unaffected verdict = OTHER_TABLE;
        for (BoundQuery.Use use : bound.uses()) {
            if (use.use().table().equals(event.table())) {
                Verdict.Unaffected spared = spared(use, rows, event);
                if (spared == null) {
                    return new Verdict.Affected(() -> Explanation.of(query, use.use(), event));
                }
                verdict = spared;
            }
        }
        return verdict;
    }

    /** What the database would have to tell for the change not to matter, where the query's result was these rows. */
    public static Doubt.Finding find(Query query, IndexedRows rows, ChangeEvent event) {
        return STANDARD.finding(query, rows, event);
    }

    private Doubt.Finding finding(Query query, IndexedRows rows, ChangeEvent event) {
        BoundQuery bound = query.derived(BoundQuery.class, BoundQuery::of);
        Revalidation revalidation = query.template().revalidation();
        Verdict.Unaffected verdict = OTHER_TABLE;
        List<Doubt> doubts = new ArrayList<>();
        for (BoundQuery.Use use : bound.uses()) {
            if (!use.use().table().equals(event.table())) {
                continue;
            }
            Verdict.Unaffected spared = spared(use, rows, event);
            if (spared != null) {
                verdict = spared;
                continue;
            }
            List<Doubt> open = revalidation == null ? null : DOUBTS.of(use, rows, event, revalidation);
            if (open == null) {
                return new Doubt.Lost(new Verdict.Affected(() -> Explanation.of(query, use.use(), event)));
            }
            doubts.addAll(open);
        }
        return doubts.isEmpty()
                ? new Doubt.Settled(verdict)
                : new Doubt.Open(
                        doubts,
                        new Verdict.Affected(() ->
                                Explanation.of(query, bound.uses()[doubts.get(0).use()].use(), event)));
    }

    private Verdict.@Nullable Unaffected spared(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event) {
        for (Rule rule : rules) {
            Verdict.Unaffected spared = rule.spares(use, rows, event);
            if (spared != null) {
                return spared;
            }
        }
        return null;
    }
}
