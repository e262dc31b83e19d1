package dev.staleless.cli;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.Environment;
import dev.staleless.jdbc.coordination.CoordinationRemoval;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.coordination.ServiceConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code staleless uninstall}: removes the coordination tables, when every node has been stopped. */
@Command(
        name = "uninstall",
        description = "Remove the coordination tables, when every node has been stopped. Refused while one lives.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class UninstallCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final Login login = new Login();

    @Option(names = "--coordination-schema", paramLabel = "NAME", description = "Where the coordination tables stand.")
    private String schema = CoordinationSettings.DEFAULT_SCHEMA;

    @Override
    public Integer call() throws SQLException {
        CoordinationSettings settings = CoordinationSettings.of("any").in(schema, product());
        try {
            CoordinationRemoval.run(new Connections(), settings, Environment.system());
        } catch (CoordinationException e) {
            Output.of(spec).println(String.valueOf(e.getMessage()));
            return 1;
        }
        Output.of(spec)
                .println("The coordination tables are gone, and the schema " + schema
                        + " is left. What was cached is never served"
                        + " again. Writes are reported by nobody until a node makes the tables anew.");
        return 0;
    }

    private String product() throws SQLException {
        try (Connection connection = login.connect()) {
            return connection.getMetaData().getDatabaseProductName();
        }
    }

    private final class Connections implements ServiceConnections {
        @Override
        public Connection open() throws SQLException {
            return login.connect();
        }

        @Override
        public String description() {
            return "the command line";
        }

        @Override
        public boolean lent() {
            return false;
        }

        @Override
        public void close() {}
    }
}
