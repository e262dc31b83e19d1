package dev.staleless.jdbc.explain;

/**
 * What a change does to a cached result of a query of which the rows are not known. With the rows at hand, as at run time, more
 * results are kept.
 *
 * @param dropped whether the result is dropped
 * @param reason why, or why not
 */
public record Effect(boolean dropped, String reason) {

    /** In one line, for people. */
    public String toText() {
        return (dropped ? "dropped: " : "kept: ") + reason;
    }

    /** As one JSON object. */
    public String toJson() {
        return new Json().add("dropped", dropped).add("reason", reason).toString();
    }
}
