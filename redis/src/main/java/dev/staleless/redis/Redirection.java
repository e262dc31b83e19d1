package dev.staleless.redis;

import org.jspecify.annotations.Nullable;

/**
 * What a server of a Cluster answers that does not hold a key: nothing was executed, another one is to be asked.
 *
 * @param asking for this once only, while the slot is being moved there: it wants to be told
 */
record Redirection(String target, boolean asking) {

    /** Reads {@code MOVED 3999 127.0.0.1:6381}; null if it is another error. */
    static @Nullable Redirection parse(@Nullable String message) {
        boolean asking = message != null && message.startsWith("ASK ");
        if (message == null || (!asking && !message.startsWith("MOVED "))) {
            return null;
        }
        return new Redirection(message.substring(message.lastIndexOf(' ') + 1), asking);
    }

    /** Host and port. Where the host is left out it is that of the server that answered. */
    String address(String answeredBy) {
        return target.startsWith(":") ? answeredBy + target : target;
    }
}
