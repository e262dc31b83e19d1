package dev.staleless.core.decision;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the cached rows leave open about a change: whether combinations of rows with certain values are in the query's block now. If
 * there is none, the change has not altered the result. Two doubts are equal if the same answer settles both.
 *
 * @param use index of the occurrence
 * @param values by the expression that names it in the statement: values of which a combination must have one, in canonical form
 * @param page where the answer may be that they come after the page; null if only their absence will do
 * @param others what all changes of the table must be for the answer to say something
 */
public record Doubt(
        int use, Map<String, Set<Object>> values, @Nullable Page page, Others others) {

    /** What else may have changed the table since the result was right. */
    public enum Others {
        /** Anything that does not matter, or leaves doubts itself. */
        ANY,
        /** Rows were removed, and nothing else was done; or there is no other. */
        REMOVE,
        /** Each change left a doubt of this kind: rows were changed, and are in the same combinations as before. */
        STAY
    }

    /**
     * The end of a full page.
     *
     * @param lastKey canonical value of the occurrence's primary key in the last row
     */
    public record Page(Object lastKey) {}

    public Doubt {
        values = Map.copyOf(values);
    }

    /** What is told of a change: the doubts it leaves, or why it does not matter. */
    public sealed interface Finding {}

    /**
     * All of these have to be settled.
     *
     * @param verdict if one is not
     */
    public record Open(List<Doubt> doubts, Verdict.Affected verdict) implements Finding {
        public Open {
            doubts = List.copyOf(doubts);
        }
    }

    /** The change does not matter. */
    public record Settled(Verdict.Unaffected verdict) implements Finding {}

    /** No answer could show that the change does not matter. */
    public record Lost(Verdict.Affected verdict) implements Finding {}
}
