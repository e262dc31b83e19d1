package dev.staleless.cli;

import dev.staleless.core.catalog.TableName;
import dev.staleless.jdbc.StalelessDataSource;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code staleless prune}: takes tables that no node caches any more out of the directory. */
@Command(
        name = "prune",
        description =
                "Take tables that no running node caches any more out of the directory: writes to them cost nothing then."
                        + " Of the others nothing is served for a few seconds.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class PruneCommand implements Callable<Integer> {

    private static final Duration WAIT = Duration.ofSeconds(60);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Override
    public Integer call() {
        try (StalelessDataSource opened = node.open()) {
            Set<TableName> gone = new TreeSet<>(opened.takeOutUnused(WAIT));
            gone.forEach(table -> Output.of(spec).println("Taken out: " + table));
            Output.of(spec).println(gone.isEmpty() ? "Nothing was taken out." : gone.size() + " tables");
            return 0;
        }
    }
}
