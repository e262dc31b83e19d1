package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
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
 */
record Spread(List<Branch> branches, Set<TableName> anything) {

    static final Spread NONE = new Spread(List.of(), Set.of());

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

    /** Whether triggers may fire, as far as can be told. */
    boolean isTriggered() {
        return !anything.isEmpty()
                || branches.stream()
                        .anyMatch(branch -> branch.child().is(Table.Trait.TRIGGERS)
                                || branch.afterDelete().isTriggered()
                                || branch.afterUpdate().isTriggered());
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
