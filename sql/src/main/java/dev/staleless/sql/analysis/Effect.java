package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.Set;

/** One change that a statement makes, and what it brings with it. */
record Effect(EventTemplate change, Spread spread) {

    void addEvents(Parameters parameters, List<ChangeEvent> into) {
        ChangeEvent event = change.event(parameters);
        into.add(event);
        spread.follow(event, into);
    }

    void addTables(Set<TableName> into) {
        into.add(change.table());
        spread.addTables(into);
    }
}
