package dev.staleless.cli;

import dev.staleless.benchmarks.Bench;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Prints its arguments and returns their number. */
public final class EchoBench implements Bench {
    static final AtomicReference<List<String>> LAST = new AtomicReference<>(List.of());

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String description() {
        return "Prints its arguments.";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("nothing to print");
        }
        LAST.set(arguments);
        out.println("RESULT echo arguments=" + arguments.size());
        return arguments.size();
    }
}
