package dev.staleless.core.decision;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answer of the affected-by decision for one query and one change event. */
public sealed interface Verdict {

    /**
     * The change cannot alter the result, in any state of the database in which the query returns the cached rows.
     *
     * @param rules that tell so: none if the query does not read the table, two if one tells of the row before the change and
     *     another of the row after it. Where the table occurs several times, those of its last occurrence
     */
    record Unaffected(String reason, List<RuleName> rules) implements Verdict {
        public Unaffected {
            rules = List.copyOf(rules);
        }
    }

    /** The change may alter the result. Its reason is put into words when it is asked for. */
    final class Affected implements Verdict {

        private final Supplier<String> words;
        private volatile @Nullable String reason;

        public Affected(String reason) {
            this(() -> reason);
        }

        Affected(Supplier<String> words) {
            this.words = words;
        }

        @Override
        public String reason() {
            String known = reason;
            if (known == null) {
                known = words.get();
                reason = known;
            }
            return known;
        }

        @Override
        public String toString() {
            return "Affected[" + reason() + "]";
        }
    }

    default boolean affected() {
        return this instanceof Affected;
    }

    /** Why, in words for people. Never null. */
    String reason();
}
