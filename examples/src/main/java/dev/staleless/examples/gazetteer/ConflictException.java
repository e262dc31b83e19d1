package dev.staleless.examples.gazetteer;

/** A change that does not fit what the database holds by now. */
final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConflictException(String message) {
        super(message);
    }

    static ConflictException changedMeanwhile(String what, int known, int current) {
        return new ConflictException(
                "%s was changed by somebody else: you edited version %d, it is at %d. Load it again and repeat the change."
                        .formatted(what, known, current));
    }
}
