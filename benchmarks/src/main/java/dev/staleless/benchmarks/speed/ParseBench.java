package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.core.catalog.Catalog;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.SqlAnalyser;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What it costs to find out what a text is, the first time and when it was seen before. */
public final class ParseBench implements Bench {

    private static final String ORM =
            "select i1_0.id,i1_0.category,i1_0.created,i1_0.name,i1_0.price,i1_0.section,o1_0.id,o1_0.name from item i1_0"
                    + " left join other o1_0 on o1_0.id=i1_0.section where i1_0.category=? and i1_0.price between ? and ?"
                    + " and i1_0.name like ? escape '' order by i1_0.created desc,i1_0.id fetch first ? rows only";

    @Override
    public String name() {
        return "parse";
    }

    @Override
    public String description() {
        return "the analysis of a statement of an ORM, the first time and when it was seen before [--rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        SpeedOptions options = SpeedOptions.parse(arguments);
        try (Servers servers = new Servers()) {
            DataSource database = servers.pool(2);
            Items.create(database);
            Catalog catalog =
                    CatalogSource.postgres(database::getConnection, "public").current();
            SqlAnalyser analyser = SqlAnalyser.create();
            if (!(analyser.analyse(ORM, catalog) instanceof Analysis.Read)) {
                throw new IllegalStateException("not understood: " + analyser.analyse(ORM, catalog));
            }
            AtomicInteger next = new AtomicInteger();
            List<Figures> seen = options.rounds(1, 100)
                    .measure(List.of(new Variant("seen before", thread -> () -> analyser.analyse(ORM, catalog))));
            List<Figures> first = options.rounds(1, 1)
                    .measure(List.of(new Variant(
                            "for the first time",
                            thread -> () -> analyser.analyse(ORM + " -- " + next.getAndIncrement(), catalog))));
            Figures.print(out, ORM.length() + " characters", List.of(seen.get(0), first.get(0)));
            out.printf(
                    Locale.ROOT,
                    "%nRESULT parse first_us=%.1f seen_ns=%.0f first_bytes=%.0f seen_bytes=%.0f%n",
                    first.get(0).cpu() / 1e3,
                    seen.get(0).cpu(),
                    first.get(0).bytes(),
                    seen.get(0).bytes());
            return 0;
        }
    }
}
