package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ChangeEvent.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells which changes of a statement are {@linkplain ChangeEvent#oneWay one-way}. */
final class OneWay {

    private OneWay() {}

    /**
     * The same events, those marked that add rows to a table to which the others only add, or take rows from one from which the
     * others only take.
     *
     * @param events all that one statement does, without triggers
     */
    static List<ChangeEvent> marked(List<ChangeEvent> events) {
        Map<TableName, Set<Kind>> kinds = new HashMap<>();
        for (ChangeEvent event : events) {
            kinds.computeIfAbsent(event.table(), table -> EnumSet.noneOf(Kind.class))
                    .add(event.kind());
        }
        List<ChangeEvent> marked = new ArrayList<>(events.size());
        for (ChangeEvent event : events) {
            boolean only = kinds.getOrDefault(event.table(), Set.of()).size() == 1;
            boolean rows = event.kind() == Kind.INSERT || event.kind() == Kind.DELETE;
            marked.add(only && rows ? event.asOneWay() : event);
        }
        return marked;
    }
}
