package dev.staleless.benchmarks;

import java.io.PrintStream;
import java.util.List;

/**
 * A measurement that the command line runs by its name: {@code ./staleless bench NAME [ARGUMENT...]}.
 *
 * <p>Implementations are public, have a public constructor without parameters, and are named in
 * {@code META-INF/services/dev.staleless.benchmarks.Bench}. They start the servers they need, stop them, and measure
 * against a baseline in the same process.
 */
public interface Bench {
    /** The name it is called by: lower-case letters, digits and hyphens. */
    String name();

    /** What is measured, in one line. */
    String description();

    /**
     * Measures, and prints a table that ends with the line {@code RESULT name key=value key=value ...}.
     *
     * @param arguments what follows the name on the command line
     * @return 0, or the exit code that says that it could not measure or that the result is not acceptable
     * @throws IllegalArgumentException if the arguments are not understood; the message is shown to the user
     * @throws Exception if it could not measure; the message is shown to the user
     */
    int run(List<String> arguments, PrintStream out) throws Exception;
}
