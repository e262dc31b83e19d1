package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a result may be published: no transaction that may be about to commit affects it.
 *
 * <p>The registries are read after the logs' heads, by the same server in this order or once the heads were answered, and before the
 * database is asked. A transaction in flight wrote its mark, then its
 * events, then commits, then takes its mark away. If its events were in the logs before the heads were read, its mark was
 * written before that, and is seen here unless its commit was answered, in which case the database's answer has the change.
 * If its events came later, they are newer than the offsets of the entry, and every reader judges them. So it need not be
 * asked again when the entry is published.
 *
 * <p>No evidence is not evidence: a registry without a creation mark whose version is in force may have lost marks.
 */
final class InFlightCheck {

    /** Why nothing may be published. */
    record Refusal(MissReason reason, String detail) {}

    private final Store store;
    private final Coordinator coordinator;
    private final Resolver resolver;

    InFlightCheck(Store store, Coordinator coordinator, Resolver resolver) {
        this.store = store;
        this.coordinator = coordinator;
        this.resolver = resolver;
    }

    @Nullable
    Refusal refusal(Query query, Reading reading, List<Partition> partitions) {
        List<TableName> tables = tables(query);
        return refusal(query, reading, partitions, tables, store.registries(tables));
    }

    /** The tables whose registries are asked for, in this order. */
    static List<TableName> tables(Query query) {
        return List.copyOf(query.template().tables());
    }

    /**
     * As {@link #refusal(Query, Reading, List)}.
     *
     * @param registries of these tables, read after the heads
     */
    @Nullable
    Refusal refusal(
            Query query,
            Reading reading,
            List<Partition> partitions,
            List<TableName> tables,
            List<Registry> registries) {
        Refusal unproven = unproven(tables, registries, reading);
        if (unproven != null) {
            return unproven;
        }
        Map<Partition, List<Mark>> named = new LinkedHashMap<>();
        for (Registry registry : registries) {
            for (Mark mark : registry.marks()) {
                for (Partition partition : partitions) {
                    if (mark.names(partition)) {
                        named.computeIfAbsent(partition, p -> new ArrayList<>()).add(mark);
                    }
                }
            }
        }
        return named.isEmpty() ? null : affecting(query, named);
    }

    private @Nullable Refusal unproven(List<TableName> tables, List<Registry> registries, Reading reading) {
        Refusal refusal = null;
        List<TableName> missing = new ArrayList<>(0);
        for (int i = 0; i < tables.size(); i++) {
            Registry registry = registries.get(i);
            Long version = registry.version();
            if (registry.creation() == null || version == null) {
                missing.add(tables.get(i));
            }
            if (registry.creation() == null || version == null || version > reading.inForce()) {
                refusal = new Refusal(
                        MissReason.NOT_ENLISTED, "the in-flight registry of " + tables.get(i) + " is not in force");
            }
        }
        if (!missing.isEmpty()) {
            coordinator.registriesMissing(missing);
        }
        return refusal;
    }

    private @Nullable Refusal affecting(Query query, Map<Partition, List<Mark>> named) {
        List<Partition> partitions = List.copyOf(named.keySet());
        List<Store.Log> logs = store.logs(partitions);
        Map<Mark, Boolean> gone = new HashMap<>();
        for (int i = 0; i < partitions.size(); i++) {
            for (Mark mark : named.getOrDefault(partitions.get(i), List.of())) {
                String reason = affects(query, mark, logs.get(i));
                if (reason != null && !gone.computeIfAbsent(mark, coordinator::isGone)) {
                    return new Refusal(MissReason.IN_FLIGHT, reason);
                }
            }
        }
        List<Mark> dead = gone.keySet().stream().toList();
        if (!dead.isEmpty()) {
            resolver.resolve(dead);
        }
        return null;
    }

    /** How the transaction of a mark that names this log affects the query; null if it does not. */
    private static @Nullable String affects(Query query, Mark mark, Store.Log log) {
        boolean found = false;
        for (Element element : log.elements()) {
            if (element.transaction().equals(mark.transaction())) {
                found = true;
                for (ChangeEvent event : element.events()) {
                    Verdict verdict = Decision.decide(query, event);
                    if (verdict.affected()) {
                        return "a transaction in flight affects it: " + verdict.reason();
                    }
                }
            }
        }
        return found ? null : "a transaction in flight on " + mark.table() + " whose changes are not known";
    }
}
