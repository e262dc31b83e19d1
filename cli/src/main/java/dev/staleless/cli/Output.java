package dev.staleless.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a subcommand prints its result. */
final class Output {
    private Output() {}

    /** The output of a command whose specification picocli has injected. */
    static PrintWriter of(@Nullable CommandSpec spec) {
        return Objects.requireNonNull(spec, "not run by picocli").commandLine().getOut();
    }
}
