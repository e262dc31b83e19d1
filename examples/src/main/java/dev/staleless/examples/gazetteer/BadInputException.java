package dev.staleless.examples.gazetteer;

/** A field of a request that cannot be accepted, with what can. */
final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String allowed;

    BadInputException(String field, Object value, String allowed) {
        super("%s: '%s' is not accepted; allowed: %s".formatted(field, value, allowed));
        this.field = field;
        this.allowed = allowed;
    }

    String field() {
        return field;
    }

    String allowed() {
        return allowed;
    }
}
