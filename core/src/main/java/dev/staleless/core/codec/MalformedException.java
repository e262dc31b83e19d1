package dev.staleless.core.codec;

/** Bytes that are not what they should be. Does not leave the package, and so needs no stack trace. */
final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedException(String message) {
        super(message, null, false, false);
    }
}
