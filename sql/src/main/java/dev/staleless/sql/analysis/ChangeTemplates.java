package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.ChangeTemplate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The events of one statement. */
record ChangeTemplates(List<EventTemplate> templates, int parameterCount) implements ChangeTemplate {

    ChangeTemplates {
        templates = List.copyOf(templates);
    }

    @Override
    public Set<TableName> tables() {
        Set<TableName> tables = new LinkedHashSet<>();
        templates.forEach(template -> tables.add(template.table()));
        return tables;
    }

    @Override
    public List<ChangeEvent> events(Parameters parameters) {
        List<ChangeEvent> events = new ArrayList<>(templates.size());
        templates.forEach(template -> events.add(template.event(parameters)));
        return events;
    }
}
