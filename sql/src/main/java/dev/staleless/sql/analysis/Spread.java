package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import java.util.List;
import java.util.Set;

/**
 * What a change of a table's rows brings with it: changes of other tables' rows over foreign keys, and of whatever triggers,
 * partitions or cycles of foreign keys reach. Found with the statement, applied to the images of each of its events.
 *
 * @param branches one for each foreign key that acts
 * @param anything tables of which any row may change, those that this spreads to included
 * @param triggered whether triggers of any of these tables may fire
 */
record Spread(List<Branch> branches, Set<TableName> anything, boolean triggered) {

    static final Spread NONE = new Spread(List.of(), Set.of(), false);

    Spread {
        branches = List.copyOf(branches);
        anything = Set.copyOf(anything);
    }

    /** Adds the changes that follow from one. */
    void follow(ChangeEvent cause, List<ChangeEvent> into) {
        for (Branch branch : branches) {
            branch.follow(cause, into);
        }
        for (TableName table : anything) {
            into.add(ChangeEvent.any(table));
        }
    }

    void addTables(Set<TableName> into) {
        into.addAll(anything);
        for (Branch branch : branches) {
            into.add(branch.child().name());
            branch.afterDelete().addTables(into);
            branch.afterUpdate().addTables(into);
        }
    }
}
