package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.ChangeTemplate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The changes of one statement, or of several in one text. */
record ChangeTemplates(List<Effect> effects, int parameterCount) implements ChangeTemplate {

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
        return events;
    }
}
