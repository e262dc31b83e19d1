package dev.staleless.spring;

/** A property named {@code staleless.*} is none, or has a value that is not allowed. */
public final class StalelessSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String action;

    StalelessSettingsException(String message, String action) {
        super(message);
        this.action = action;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}
