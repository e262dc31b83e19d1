package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.BenchOptions;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.ScaleAxis.Step;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a hit and a write cost as entries, rows, query texts, writes to other rows and predicates become more; with a chart of each. */
public final class ScaleBench implements Bench {

    private static final class Options {
        @Option(names = "--rounds", defaultValue = "15", description = "rounds")
        int rounds;

        @Option(names = "--window", defaultValue = "100", description = "milliseconds of each variant in each round")
        long window;

        @Option(
                names = "--axes",
                split = ",",
                description = "entries, rows, shapes, writes, predicates; all if not set")
        @Nullable
        List<String> axes;

        @Option(names = "--charts", description = "folder into which a chart of each axis is written: docs/scale")
        @Nullable
        Path charts;
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public String description() {
        return "hits and writes as there is more of everything [--axes=entries,rows,shapes,writes,predicates --charts=FOLDER"
                + " --rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        SpeedOptions speed = SpeedOptions.parse(List.of("--rounds=" + options.rounds, "--window=" + options.window));
        StringBuilder result = new StringBuilder("RESULT scale");
        try (Servers servers = new Servers()) {
            ScaleLoad load = new ScaleLoad(servers, speed);
            List<ScaleAxis> axes = chosen(load.axes(), options.axes);
            for (ScaleAxis axis : axes) {
                List<Step> measured = axis.steps().measure();
                print(out, axis, measured);
                append(result, axis, measured);
                if (options.charts != null) {
                    Files.createDirectories(options.charts);
                    Files.writeString(
                            options.charts.resolve(axis.key() + ".svg"),
                            axis.chart(measured).toSvg());
                }
            }
            load.close();
        }
        out.println();
        out.println(result);
        return 0;
    }

    private static List<ScaleAxis> chosen(List<ScaleAxis> axes, @Nullable List<String> names) {
        if (names == null) {
            return axes;
        }
        List<String> known = axes.stream().map(ScaleAxis::key).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("--axes=" + name + ": allowed are " + String.join(", ", known));
            }
        }
        return axes.stream().filter(axis -> names.contains(axis.key())).toList();
    }

    private static void print(PrintStream out, ScaleAxis axis, List<Step> measured) {
        out.printf("%n%s%n%-28s", axis.title(), axis.across());
        measured.get(0).figures().forEach(figures -> out.printf("%30s", figures.name() + ", us"));
        out.println();
        for (Step step : measured) {
            out.printf(Locale.ROOT, "%-28s", String.format(Locale.ROOT, "%,.0f", step.size()));
            step.figures()
                    .forEach(figures ->
                            out.printf(Locale.ROOT, "%18.1f (p50 %,6.0f)", figures.best() / 1e3, figures.p50() / 1e3));
            out.println();
        }
    }

    private static void append(StringBuilder result, ScaleAxis axis, List<Step> measured) {
        List<Figures> figures = measured.get(0).figures();
        for (int i = 1; i < figures.size(); i++) {
            result.append(String.format(
                    Locale.ROOT,
                    " %s_%s_growth=%.2f",
                    axis.key(),
                    figures.get(i).name().replaceAll("\\ba |,", "").replace(' ', '_'),
                    ScaleAxis.growth(measured, i)));
        }
    }
}
