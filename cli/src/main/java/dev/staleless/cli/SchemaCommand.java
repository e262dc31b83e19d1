package dev.staleless.cli;

import dev.staleless.jdbc.coordination.CoordinationSchema;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code staleless schema}: the DDL of the coordination tables, for a role that may not create them itself. */
@Command(
        name = "schema",
        description = "Print the DDL of the coordination tables.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--product", description = "The database: postgresql, mariadb or h2.", paramLabel = "NAME")
    private String product = "postgresql";

    @Option(names = "--schema", description = "The schema the tables stand in.", paramLabel = "NAME")
    private String schema = CoordinationSettings.DEFAULT_SCHEMA;

    @Option(
            names = "--role",
            description = "The role that the application uses, to which rights are granted.",
            paramLabel = "NAME",
            required = true)
    private String role = "";

    @Override
    public Integer call() {
        try {
            Output.of(spec).print(CoordinationSchema.ddl(product, schema, role));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
        }
        return 0;
    }
}
