package dev.staleless.testkit.simulation;

import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.store.Store;

/** Where a bug can be planted: around the surroundings of the protocol, or around the protocol itself. */
interface Bugs {

    Bugs NONE = new Bugs() {};

    default Store store(SimulatedStore store) {
        return store;
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
}
