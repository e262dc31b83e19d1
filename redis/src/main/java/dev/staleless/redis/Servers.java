package dev.staleless.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The servers that keep a store's data, and which one holds which key. Safe for any thread. */
interface Servers extends AutoCloseable {

    /** The server that holds a key, as far as is known here. */
    Lines holding(byte[] key);

    /** The server of an address that another one named, or null if there is only one. */
    @Nullable
    Lines at(String address);

    /** All servers that are known. */
    List<Lines> all();

    /** The server that was asked for a key said that another one holds it. */
    void moved(byte[] key, Lines to);

    /** A server could not be reached. */
    void unreachable(Lines server);

    /** Whether everything is on one server, so that what is sent to it in one pipeline is executed in that order. */
    boolean one();

    /**
     * Connects.
     *
     * @throws dev.staleless.core.store.StoreException if that fails; the message says what to change
     */
    void connect();

    /** Looks after connections and, in a Cluster, after which server holds what. To be called every few seconds. */
    void check();

    @Override
    void close();
}
