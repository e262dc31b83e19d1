package dev.staleless.jdbc;

/** A node could not be started. The message says why, and what to change. */
public final class StalelessStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StalelessStartException(String message, Throwable cause) {
        super(message, cause);
    }

    StalelessStartException(String message) {
        super(message);
    }
}
