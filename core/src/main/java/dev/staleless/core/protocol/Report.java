package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.partition.Partitions;
import dev.staleless.core.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt to report a transaction writes: the marks of its tables and one element per partition, all under one
 * transaction id that no other attempt has.
 */
record Report(List<Mark> marks, List<Store.Append> appends) {

    static final Report NOTHING = new Report(List.of(), List.of());

    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Every table of the directory. */
    static List<ChangeEvent> everything(Reading reading) {
        return reading.directory().entries().keySet().stream()
                .map(ChangeEvent::any)
                .toList();
    }

    /**
     * Plans a report of those events whose tables are in the reading's directory.
     *
     * <p>While the reading is not settled the database may have come back with an older directory, whose missing names and
     * partition columns others still use: every table is reported then, and always to all rest logs, one of which a
     * reader of any partition reads.
     *
     * @param session names the database session whose end ends the marks; null if the transaction's end does
     */
    static Report plan(
            Collection<ChangeEvent> events, Reading reading, @Nullable String session, Environment environment) {
        Map<Partition, List<ChangeEvent>> byPartition = new LinkedHashMap<>();
        Map<TableName, Set<String>> names = new HashMap<>();
        for (ChangeEvent event : events) {
            Directory.Entry entry = reading.directory().entries().get(event.table());
            if (entry == null && reading.settled()) {
                continue;
            }
            Set<String> of = names.computeIfAbsent(event.table(), table -> new HashSet<>());
            for (Partition partition : partitions(event, entry, reading)) {
                byPartition.computeIfAbsent(partition, p -> new ArrayList<>()).add(event);
                if (partition.kind() != Partition.Kind.TABLE) {
                    of.add(partition.name());
                }
            }
        }
        UUID transaction = environment.freshId();
        List<Mark> marks = new ArrayList<>();
        names.forEach((table, of) -> marks.add(mark(table, transaction, reading, of, session)));
        List<Store.Append> appends = new ArrayList<>();
        byPartition.forEach((partition, of) ->
                appends.add(new Store.Append(partition, new Element(environment.freshId(), transaction, of))));
        return marks.isEmpty() ? NOTHING : new Report(List.copyOf(marks), List.copyOf(appends));
    }

    private static Set<Partition> partitions(ChangeEvent event, Directory.@Nullable Entry entry, Reading reading) {
        Set<Partition> partitions = new LinkedHashSet<>(List.of(Partition.table(event.table())));
        if (entry == null || !reading.settled()) {
            partitions.addAll(Partition.rests(event.table()));
        }
        if (entry != null) {
            partitions.addAll(Partitions.ofEvent(event, entry));
        }
        return partitions;
    }

    private static Mark mark(
            TableName table, UUID transaction, Reading reading, Set<String> names, @Nullable String session) {
        Set<String> partitions = names.size() > Mark.MAX_PARTITIONS ? null : names;
        return new Mark(table, transaction, reading.node(), partitions, session);
    }
}
