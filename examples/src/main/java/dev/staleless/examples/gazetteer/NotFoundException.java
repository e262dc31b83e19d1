package dev.staleless.examples.gazetteer;

/** A row was asked for that is not there, or no longer. */
final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotFoundException(String kind, Object key) {
        super("There is no %s %s".formatted(kind, key));
    }
}
