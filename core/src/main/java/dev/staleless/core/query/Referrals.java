package dev.staleless.core.query;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Referred;
import java.util.Set;

/**
 * What foreign keys that are enforced tell of the rows of a table occurrence.
 *
 * @param unreferred whether a row that comes (INSERT), or one that goes (DELETE), can take part only where a row of another table
 *     refers to it, while none does so when a {@linkplain ChangeEvent#oneWay one-way} change adds or removes it
 * @param needed rows to which each row that can take part refers, where that is there as well
 */
public record Referrals(Set<ChangeEvent.Kind> unreferred, Set<Referred> needed) {

    /** Nothing is known. */
    public static final Referrals NONE = new Referrals(Set.of(), Set.of());

    public Referrals {
        unreferred = Set.copyOf(unreferred);
        needed = Set.copyOf(needed);
    }
}
