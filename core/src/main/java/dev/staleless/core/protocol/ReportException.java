package dev.staleless.core.protocol;

/** A write could not be reported, so it must not be committed. */
public class ReportException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Whether the transaction may succeed if it is tried again as a whole. */
    public boolean mayBeRetried() {
        return false;
    }

    public ReportException(String message) {
        super(message);
    }

    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
