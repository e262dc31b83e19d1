package dev.staleless.core.store;

/** The store could not be reached, or did not do what it was asked. What was asked may have been done or not. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
