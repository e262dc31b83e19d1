package dev.staleless.jdbc.explain;

/**
 * Something about a database that a user of the cache should know.
 *
 * @param weight how much it matters
 * @param subject what it is about: a table, a role, the database
 * @param what is the case
 * @param advice what to do about it
 */
public record Finding(Weight weight, String subject, String what, String advice) {

    /** How much a finding matters, the least first. */
    public enum Weight {
        /** Good to know. */
        NOTE,
        /** Limits what is cached, or how exactly results are dropped. */
        LIMIT,
        /** Nothing can be cached, or no node starts. */
        PROBLEM
    }

    /** As one JSON object. */
    public String toJson() {
        return new Json()
                .add("weight", weight.name())
                .add("subject", subject)
                .add("what", what)
                .add("advice", advice)
                .toString();
    }
}
