package dev.staleless.core.store;

import java.util.UUID;

/**
 * Opens the store of one database and namespace: what an application configures before it is known which database its data
 * source leads to. Safe for any thread.
 */
public interface StoreProvider {

    /** Whether its stores are shared with other processes and so need the coordination tables. */
    boolean shared();

    /**
     * Opens the store. Two calls with the same arguments lead to the same entries, logs and registries; for a shared store two
     * calls with other arguments never do. Each store opened is to be closed.
     *
     * @param database the database's random id, part of the name of everything kept
     * @param namespace nodes of one namespace share what they cache
     * @throws StoreException if the store cannot be reached or refuses; the message says what to change
     */
    Store open(UUID database, String namespace);
}
