package dev.staleless.benchmarks;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads what follows a measurement's name on the command line. */
public final class BenchOptions {

    private BenchOptions() {}

    /**
     * Fills an object whose fields are options.
     *
     * @throws IllegalArgumentException if the arguments are not understood; the message is for the user
     */
    public static <T> T parse(T options, List<String> arguments) {
        try {
            new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
            return options;
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the value is not within the bounds */
    public static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + ": " + least + " to " + most + " is allowed");
        }
    }
}
