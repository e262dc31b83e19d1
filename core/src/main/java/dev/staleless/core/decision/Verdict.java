package dev.staleless.core.decision;

/** The answer of the affected-by decision for one query and one change event. */
public sealed interface Verdict {

  /** The change cannot alter the result, in any state of the database in which the query returns the cached rows. */
  record Unaffected(String reason) implements Verdict {}

  /** The change may alter the result. */
  record Affected(String reason) implements Verdict {}

  default boolean affected() {
    return this instanceof Affected;
  }

  /** Why, in words for people. Never null. */
  String reason();
}
