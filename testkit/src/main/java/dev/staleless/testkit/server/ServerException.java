package dev.staleless.testkit.server;

import org.jspecify.annotations.Nullable;

/** An embedded server could not be installed, started or stopped. The message says why, in the server's own words. */
public final class ServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerException(String message) {
        this(message, null);
    }

    ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
