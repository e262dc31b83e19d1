package dev.staleless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void missingCommandShowsTheUsageAsAnError() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing command", "Usage: staleless", "bench", "schema", "version");
    }

    @Test
    void helpListsEverySubcommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("bench", "schema", "version");
    }

    @Test
    void everySubcommandDescribesItself() {
        CommandLine main = Main.commandLine();

        assertThat(main.getSubcommands().values())
                .allSatisfy(command -> assertThat(
                                command.getCommandSpec().usageMessage().description())
                        .isNotEmpty());
    }

    @Test
    void versionNamesProductAndJava() {
        assertThat(run("version")).isZero();
        assertThat(out.toString())
                .matches("staleless \\d+\\.\\d+\\.\\d+\\S*\\R(?s:.*)")
                .contains("Java " + Runtime.version());
    }

    @Test
    void unknownCommandIsNamed() {
        assertThat(run("serve")).isEqualTo(2);
        assertThat(err.toString()).contains("serve");
    }

    @Test
    void schemaPrintsTheTablesAndTheGrants() {
        assertThat(run("schema", "--role", "shop", "--schema", "cache")).isZero();
        assertThat(out.toString()).contains("cache", "staleless_state", "staleless_node", "staleless_barrier", "shop");
    }

    @Test
    void schemaOfAnUnknownProductNamesTheKnownOnes() {
        assertThat(run("schema", "--role", "shop", "--product", "sybase")).isEqualTo(2);
        assertThat(err.toString()).contains("sybase", "postgresql");
    }

    @Test
    void unknownMeasurementNamesThoseThereAre() {
        assertThat(run("bench", "echo-x")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no measurement 'echo-x'", "echo ", "Prints its arguments.");
    }

    @Test
    void measurementGetsWhatFollowsItsNameAndGivesTheExitCode() {
        assertThat(run("bench", "echo", "--seconds", "60", "x", "--help")).isEqualTo(4);
        assertThat(EchoBench.LAST.get()).containsExactly("--seconds", "60", "x", "--help");
    }

    @Test
    void wrongArgumentsOfAMeasurementAreWrongUsage() {
        assertThat(run("bench", "echo")).isEqualTo(2);
        assertThat(err.toString()).contains("bench echo: nothing to print");
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
