package dev.staleless.core.decision;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answer of the affected-by decision for one query and one change event. */
public sealed interface Verdict {

    /** The change cannot alter the result, in any state of the database in which the query returns the cached rows. */
    record Unaffected(String reason) implements Verdict {}

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
