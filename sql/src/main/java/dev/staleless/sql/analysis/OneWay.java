package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.change.Image;
import dev.staleless.core.change.Referred;
import dev.staleless.core.value.AbstractValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /**
     * The same events, those marked that remove rows together with the row to which they referred.
     *
     * @param events marked; those of the table tell rows that were removed, each by itself
     */
    static List<ChangeEvent> withOrphans(List<ChangeEvent> events, Table table) {
        List<Reference> keys = new ArrayList<>();
        for (Reference key : table.foreignKeys()) {
            if (key.enforced()
                    && key.onDelete() == Action.CASCADE
                    && !key.child().equals(table.name())) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            return events;
        }
        List<ChangeEvent> marked = new ArrayList<>(events.size());
        for (ChangeEvent event : events) {
            Reference key = event.kind() == Kind.DELETE ? orphaned(event, events, table, keys) : null;
            marked.add(key == null ? event : event.asOrphanOf(new Referred(table.name(), key.childColumns())));
        }
        return marked;
    }

    private static @Nullable Reference orphaned(
            ChangeEvent event, List<ChangeEvent> events, Table table, List<Reference> keys) {
        for (Reference key : keys) {
            boolean orphan = key.child().equals(event.table())
                    && events.stream()
                            .anyMatch(other -> other.table().equals(table.name())
                                    && other.kind() == Kind.DELETE
                                    && other.oneWay()
                                    && refers(event, other, key));
            if (orphan) {
                return key;
            }
        }
        return null;
    }

    private static boolean refers(ChangeEvent child, ChangeEvent parent, Reference key) {
        Image from = child.before();
        Image to = parent.before();
        for (int i = 0; i < key.columns().size(); i++) {
            AbstractValue one = from == null
                    ? AbstractValue.UNKNOWN
                    : from.get(key.childColumns().get(i));
            AbstractValue other =
                    to == null ? AbstractValue.UNKNOWN : to.get(key.columns().get(i));
            if (!(one instanceof AbstractValue.Exact exact) || exact.value() == null || !one.equals(other)) {
                return false;
            }
        }
        return true;
    }
}
