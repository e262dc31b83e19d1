package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.ChangeTemplate;
import dev.staleless.sql.OwnRows;
import dev.staleless.sql.RowImages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one statement, or of several in one text.
 *
 * @param single the statement, if it is a single one that changes rows of one table and of those it spreads to; null otherwise
 */
record ChangeTemplates(
        List<Effect> effects, int parameterCount, @Nullable SingleChange single) implements ChangeTemplate {

    ChangeTemplates {
        effects = List.copyOf(effects);
    }

    @Override
    public Set<TableName> tables() {
        Set<TableName> tables = new LinkedHashSet<>();
        effects.forEach(effect -> effect.addTables(tables));
        return tables;
    }

    @Override
    public List<ChangeEvent> events(Parameters parameters) {
        List<ChangeEvent> events = new ArrayList<>(effects.size());
        effects.forEach(effect -> effect.addEvents(parameters, events));
        return single != null && single.isWithoutTriggers(effects) ? OneWay.marked(events) : events;
    }

    /** Triggers FOR EACH STATEMENT fire without rows, too. TRUNCATE counts none. */
    @Override
    public boolean isNothingWithoutRows() {
        return single != null && !single.table().is(Table.Trait.TRIGGERS);
    }

    @Override
    public @Nullable RowImages images(RowImages.Returning returning) {
        return single == null ? null : single.images(returning, effects);
    }

    @Override
    public @Nullable OwnRows ownRows(List<String> labels) {
        return single == null ? null : single.ownRows(labels, effects);
    }
}
