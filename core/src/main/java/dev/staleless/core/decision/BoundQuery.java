package dev.staleless.core.decision;

import dev.staleless.core.query.Query;
import dev.staleless.core.query.TableUse;
import java.util.List;

/** A query prepared for deciding on many events. Immutable. */
final class BoundQuery {

    /** An occurrence of a table and its prepared condition. */
    record Use(TableUse use, BoundCondition condition) {}

    private final Use[] uses;

    private BoundQuery(Use[] uses) {
        this.uses = uses;
    }

    static BoundQuery of(Query query) {
        List<TableUse> uses = query.template().uses();
        Use[] bound = new Use[uses.size()];
        for (int i = 0; i < bound.length; i++) {
            TableUse use = uses.get(i);
            bound[i] = new Use(use, new Binder(use.index(), query.parameters()).bind(use.condition()));
        }
        return new BoundQuery(bound);
    }

    /** Not to be changed. */
    Use[] uses() {
        return uses;
    }
}
