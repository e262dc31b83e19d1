package dev.staleless.jdbc.driver;

/** What became of the attempt to capture a live result. */
public sealed interface Capture {
    /** The whole result, in the profile's own format. */
    record Captured(byte[] rows) implements Capture {}

    /** The result is not cached. */
    record Refused(String reason) implements Capture {}
}
