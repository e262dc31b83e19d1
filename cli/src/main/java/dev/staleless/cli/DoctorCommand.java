package dev.staleless.cli;

import dev.staleless.jdbc.explain.Doctor;
import dev.staleless.jdbc.explain.Finding;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code staleless doctor}: what in a database limits caching or precision, and what to do about it. */
@Command(
        name = "doctor",
        description = "Tell what in a database limits caching or precision, and what to do about it. Writes nothing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing limits caching",
            "1:nothing can be cached, or the database cannot be reached",
            "2:wrong usage",
            "4:something limits caching or precision"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final int LIMITED = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Login login = new Login();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws SQLException {
        List<Finding> findings;
        try (Connection connection = login.connect()) {
            findings = Doctor.examine(connection, login::connect);
        }
        PrintWriter out = Output.of(spec);
        if (json) {
            out.println(findings.stream().map(Finding::toJson).collect(Collectors.joining(",\n ", "[", "]")));
        } else {
            findings.forEach(finding -> print(finding, out));
            out.println(findings.isEmpty() ? "Nothing limits caching." : findings.size() + " findings");
        }
        return findings.isEmpty() ? 0 : exitCode(findings.get(0));
    }

    private static int exitCode(Finding weightiest) {
        return switch (weightiest.weight()) {
            case NOTE -> 0;
            case LIMIT -> LIMITED;
            case PROBLEM -> 1;
        };
    }

    private static void print(Finding finding, PrintWriter out) {
        out.printf(
                "%-8s %s: %s%n         %s%n",
                finding.weight().toString().toLowerCase(Locale.ROOT),
                finding.subject(),
                finding.what(),
                finding.advice());
    }
}
