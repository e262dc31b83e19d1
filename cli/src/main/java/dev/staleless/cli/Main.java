package dev.staleless.cli;

import dev.staleless.examples.demo.DemoException;
import dev.staleless.testkit.server.ServerException;
import java.io.PrintWriter;
import java.net.BindException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line's entry point. A subcommand is a class of its own, named in the list here. */
@Command(
        name = "staleless",
        description = "SQL result caching for the JVM that never serves a stale row.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            ExplainCommand.class,
            InvalidateCommand.class,
            PruneCommand.class,
            ReclaimCommand.class,
            SchemaCommand.class,
            UninstallCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(new ClearMessage());
    }

    /** Without a subcommand there is nothing to do: the usage is shown as an error. */
    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
        }
    }

    /** Shows what a user can act on as one sentence; anything else is a defect and shows its stack trace. */
    private static final class ClearMessage implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
            PrintWriter err = command.getErr();
            if (failure instanceof ServerException
                    || failure instanceof SQLException
                    || failure instanceof DemoException
                    || failure instanceof BindException) {
                err.println(failure.getMessage());
            } else {
                failure.printStackTrace(err);
            }
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
