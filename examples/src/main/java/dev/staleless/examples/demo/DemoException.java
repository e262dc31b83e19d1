package dev.staleless.examples.demo;

import org.jspecify.annotations.Nullable;

/** The demo could not be started; the message says why, in a sentence for people. */
public final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
