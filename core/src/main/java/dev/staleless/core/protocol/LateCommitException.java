package dev.staleless.core.protocol;

/** A COMMIT was answered too late to be sure of the watch, and its change could not be reported again (SQLSTATE 08007). */
public class LateCommitException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LateCommitException(String message, Throwable cause) {
        super(message, cause);
    }
}
