package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.query.Query;
import dev.staleless.core.value.Parameters;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.SqlAnalyser;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** What the decision costs whether a change affects a result, for a query of ten conditions. */
public final class DecideBench implements Bench {

    private static final String QUERY = """
            SELECT id, name FROM item WHERE category = ? AND section = ? AND price > ? AND price < ? AND name LIKE 'item%'
              AND created > '2024-01-01' AND id IN (1, 2, 3, 5, 8) AND (section < 100 OR section > 200) AND category <> 77
              AND name IS NOT NULL""";

    private static final int EVENTS = 1_000;

    @Override
    public String name() {
        return "decide";
    }

    @Override
    public String description() {
        return "the decision on one event and on 1,000, for a query of 10 conditions [--rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        SpeedOptions options = SpeedOptions.parse(arguments);
        try (Servers servers = new Servers()) {
            DataSource database = servers.pool(2);
            Items.create(database);
            SqlAnalyser analyser = SqlAnalyser.create();
            CatalogSource catalog = CatalogSource.postgres(database::getConnection, "public");
            Query query = query(analyser, catalog);
            List<ChangeEvent> updates = events(
                    analyser, catalog, "UPDATE item SET category = ?, section = ?, price = ?, name = ? WHERE id = ?");
            List<ChangeEvent> inserts = events(
                    analyser,
                    catalog,
                    "INSERT INTO item (category, section, price, name, id, created) VALUES (?, ?, ?, ?, ?, now())");
            List<Figures> figures = options.rounds(1, 1)
                    .measure(List.of(
                            new Variant("1,000 updates by key, unaffected", thread -> () -> decide(query, updates)),
                            new Variant("1,000 inserts, unaffected", thread -> () -> decide(query, inserts))));
            Figures.print(out, "a query of 10 conditions", figures);
            Figures update = figures.get(0);
            Figures insert = figures.get(1);
            out.printf(
                    Locale.ROOT,
                    "%nRESULT decide update_ns=%.0f insert_ns=%.0f update_bytes=%.1f insert_bytes=%.1f thousand_us=%.1f%n",
                    update.cpu() / EVENTS,
                    insert.cpu() / EVENTS,
                    update.bytes() / EVENTS,
                    insert.bytes() / EVENTS,
                    Math.max(update.cpu(), insert.cpu()) / 1e3);
            return 0;
        }
    }

    private static Query query(SqlAnalyser analyser, CatalogSource catalog) {
        if (analyser.analyse(QUERY, catalog.current()) instanceof Analysis.Read read) {
            return new Query(read.template(), read.sql().key(), Parameters.of(5L, 6L, 10L, 20L));
        }
        throw new IllegalStateException("the query is not understood");
    }

    /** Of other rows than the query's: each shows that only at one of the last conditions. */
    private static List<ChangeEvent> events(SqlAnalyser analyser, CatalogSource catalog, String sql) {
        if (!(analyser.analyse(sql, catalog.current()) instanceof Analysis.Write write)) {
            throw new IllegalStateException("not understood: " + sql);
        }
        List<ChangeEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.addAll(write.changes().events(Parameters.of(5L, 6L, 15L, "item " + i, 1_000L + i)));
        }
        return events;
    }

    private static void decide(Query query, List<ChangeEvent> events) {
        for (ChangeEvent event : events) {
            if (Decision.decide(query, event).affected()) {
                throw new IllegalStateException("affected: " + event);
            }
        }
    }
}
