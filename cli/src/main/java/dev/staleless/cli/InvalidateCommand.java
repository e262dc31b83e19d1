package dev.staleless.cli;

import dev.staleless.jdbc.StalelessDataSource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code staleless invalidate}: tells the nodes what was changed past them. */
@Command(
        name = "invalidate",
        description =
                "Drop the cached results of rows that were changed by something that does not go through Staleless.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class InvalidateCommand implements Callable<Integer> {

    private static final Duration WAIT = Duration.ofSeconds(60);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Option(names = "--table", paramLabel = "SCHEMA.TABLE", description = "The table that was changed.")
    private @Nullable String table;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "With --table: met by each changed row, before the change and after it. Not executed.")
    private @Nullable String where;

    @Option(names = "--all", description = "Everything that is cached.")
    private boolean all;

    @Override
    public Integer call() {
        check();
        try (StalelessDataSource opened = node.open()) {
            return all ? everything(opened) : oneTable(opened, Objects.requireNonNull(table));
        }
    }

    private void check() {
        if (all == (table != null)) {
            throw wrongUsage("Say either --table=SCHEMA.TABLE or --all.");
        }
        if (where != null && table == null) {
            throw wrongUsage("--where belongs to --table.");
        }
        if (table != null && table.indexOf('.') < 1) {
            throw wrongUsage("--table=" + table + ": SCHEMA.TABLE is allowed, as the catalog spells them.");
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private int everything(StalelessDataSource opened) {
        if (!opened.invalidateAll(WAIT)) {
            Output.of(spec).println("Not all nodes have confirmed within a minute that they serve nothing older.");
            return 1;
        }
        Output.of(spec).println("Everything that was cached is dropped.");
        return 0;
    }

    private int oneTable(StalelessDataSource opened, String name) {
        int dot = name.indexOf('.');
        String schema = name.substring(0, dot);
        String simple = name.substring(dot + 1);
        try {
            if (where == null) {
                opened.invalidate(schema, simple);
            } else {
                opened.invalidate(schema, simple, where);
            }
        } catch (IllegalArgumentException unknown) {
            throw wrongUsage("--table=" + table + ": " + unknown.getMessage());
        }
        Output.of(spec).println("Told: " + name + (where == null ? "" : " where " + where));
        return 0;
    }
}
