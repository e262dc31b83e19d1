package dev.staleless.cli;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.database.Database;
import dev.staleless.jdbc.explain.Effect;
import dev.staleless.jdbc.explain.Explainer;
import dev.staleless.jdbc.explain.Explanation;
import dev.staleless.sql.SqlAnalyser;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code staleless explain}: what the cache makes of a statement, and of a change beside it. */
@Command(
        name = "explain",
        description = "Tell whether a query is cached and by which changes it is dropped. Nothing is executed.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Login login = new Login();

    @Parameters(index = "0", paramLabel = "SQL", description = "The statement; parameters are ?.")
    private String sql = "";

    @Option(
            names = "--parameter",
            paramLabel = "VALUE",
            description = "The value of the next ?: a number, true, false, null, a date, a timestamp, else a text.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--write", paramLabel = "SQL", description = "A change: does it drop the query's result?")
    private @Nullable String write;

    @Option(names = "--write-parameter", paramLabel = "VALUE", description = "As --parameter, of the change.")
    private List<String> writeParameters = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws SQLException {
        Explainer explainer;
        try (Connection connection = login.connect()) {
            Database database = Database.of(connection);
            Catalog catalog = database.catalog(login::connect, CoordinationSettings.DEFAULT_SCHEMA)
                    .current();
            explainer = Explainer.of(SqlAnalyser.create(database.dialect()), catalog);
        }
        try {
            print(explainer);
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
        }
    }

    private void print(Explainer explainer) {
        PrintWriter out = Output.of(spec);
        Explanation query = explainer.explain(sql, values(parameters));
        if (write == null) {
            out.println(json ? query.toJson() : query.toText().stripTrailing());
            return;
        }
        Explanation change = explainer.explain(write, values(writeParameters));
        Effect effect = explainer.effect(sql, values(parameters), write, values(writeParameters));
        if (json) {
            out.println("{\"query\": " + query.toJson() + ", \"write\": " + change.toJson() + ", \"effect\": "
                    + effect.toJson() + "}");
        } else {
            out.print(query.toText());
            out.print(change.toText());
            out.println("The result is " + effect.toText());
        }
    }

    private static List<@Nullable Object> values(List<String> texts) {
        List<@Nullable Object> values = new ArrayList<>();
        texts.forEach(text -> values.add(value(text)));
        return values;
    }

    private static @Nullable Object value(String text) {
        if (text.equals("null")) {
            return null;
        } else if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        } else if (text.matches("-?\\d{1,18}")) {
            return Long.valueOf(text);
        } else if (text.matches("-?\\d+\\.\\d+")) {
            return new BigDecimal(text);
        } else if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(text);
        }
        return text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?")
                ? (Object) LocalDateTime.parse(text)
                : text;
    }
}
