package dev.staleless.redis;

import dev.staleless.core.store.StoreException;

/** Where a server of a Cluster listens. */
record Address(String host, int port) {

    /** Reads {@code host:port}; the host may have colons itself. */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (RuntimeException e) {
            throw new StoreException("A server of the Redis Cluster named an address that is none: " + text, e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
