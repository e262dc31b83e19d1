package dev.staleless.core.protocol;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.query.Query;

final class Decision {
  private Decision() {}

  static Verdict decide(Query query, ChangeEvent event) {
    return query.template().tables().contains(event.table())
        ? new Verdict.Affected("the table was changed")
        : new Verdict.Unaffected("another table");
  }
}
