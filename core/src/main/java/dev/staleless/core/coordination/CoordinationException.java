package dev.staleless.core.coordination;

/** The coordination tables could not be read or written. */
public class CoordinationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CoordinationException(String message) {
        super(message);
    }

    public CoordinationException(String message, Throwable cause) {
        super(message, cause);
    }
}
