package dev.staleless.jdbc.policy;

/**
 * The largest result that is cached. A larger one reaches the application as the driver delivers it.
 *
 * @param rows number of rows
 * @param bytes size of the encoded result
 */
public record Limits(int rows, int bytes) {

    /** 10,000 rows, 1 MiB. */
    public static final Limits DEFAULT = new Limits(10_000, 1 << 20);

    public Limits {
        if (rows < 0) {
            throw new IllegalArgumentException("rows = " + rows + ": 0 or more is allowed");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes = " + bytes + ": 0 or more is allowed");
        }
    }
}
