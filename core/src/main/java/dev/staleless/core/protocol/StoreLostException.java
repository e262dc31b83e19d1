package dev.staleless.core.protocol;

/** A write could not be reported because the store did not take it. */
final class StoreLostException extends ReportException {

    private static final long serialVersionUID = 1;

    StoreLostException(String message) {
        super(message);
    }

    StoreLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
