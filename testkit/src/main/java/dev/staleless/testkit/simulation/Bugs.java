package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.protocol.Evidence;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.near.NearStore;
import java.util.HashMap;
import java.util.Map;

/** Where a bug can be planted: around the surroundings of the protocol, or around the protocol itself. */
interface Bugs {

    Bugs NONE = new Bugs() {};

    default Store store(SimulatedStore store) {
        return store;
    }

    /**
     * @param near before the store
     */
    default Store near(NearStore near, SimulatedStore store) {
        return near;
    }

    default CoordinationTables tables(SimulatedTables tables) {
        return tables;
    }

    default Coordinator coordinator(Coordinator coordinator) {
        return coordinator;
    }

    default boolean barsSchemaChanges() {
        return true;
    }

    default boolean tellsTheSchemaVersion() {
        return true;
    }

    default boolean labelsTheCatalogFirst() {
        return false;
    }

    default boolean locksBarriers() {
        return true;
    }

    /** What is asked for instead of what is checked. */
    default Keeping keeping(Keeping keeping) {
        return keeping;
    }

    default ResultCache cache(ResultCache cache, SimulatedNode node) {
        return cache;
    }

    default ValueCache values(ValueCache values) {
        return values;
    }

    /** Whether a query is observed before it is asked. */
    default boolean observesFirst() {
        return true;
    }

    /** What two observations tell together: of each log the position that was read first. */
    default Evidence together(Evidence first, Evidence next) {
        Map<TableName, Long> generations = new HashMap<>(next.generations());
        generations.putAll(first.generations());
        Map<Partition, Offset> offsets = new HashMap<>(next.offsets());
        offsets.putAll(first.offsets());
        return new Evidence(first.epoch(), generations, offsets);
    }
}
