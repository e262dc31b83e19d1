package dev.staleless.benchmarks.fuzz;

import dev.staleless.core.catalog.Catalog;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One random schema: several states of its rows, and for each of them every query with every write of some sequences, rolled
 * back one after the other. A result that outlives a write is looked at again after the next, with the rows that it was cached
 * with.
 */
final class Round {

    private static final int STATES = 4;
    private static final int QUERIES = 24;
    private static final int SEQUENCES = 12;

    private final long seed;
    private final SplittableRandom random;
    private final int[] schemaChoices;
    private final FuzzSchema schema;
    private final Oracle oracle;
    private final List<Judge> judges = new ArrayList<>();
    private final Tally tally;

    private Round(long seed, Area area, List<Fault> faults, Tally tally) throws SQLException {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        Choices choices = Choices.random(random);
        this.schema = SchemaGrammar.make(choices, area.target());
        this.schemaChoices = choices.made();
        Catalog catalog = area.make(schema);
        this.oracle = new Oracle(area.connection());
        faults.forEach(fault -> judges.add(new Judge(area.analyser(), catalog, fault)));
        this.tally = tally;
    }

    /**
     * Runs the round of this seed.
     *
     * @param faults the first is what is counted, the others are only looked for
     */
    static void run(long seed, Area area, List<Fault> faults, Tally tally) throws SQLException {
        Round round = new Round(seed, area, faults, tally);
        tally.schemas++;
        for (int i = 0; i < STATES; i++) {
            round.state();
        }
    }

    /** A cached query, and the choices it was made by. */
    private record Cached(
            FuzzStatement statement,
            int[] choices,
            List<Judge.Reading> readings,
            Oracle.Prepared prepared,
            List<String> rows) {

        Cached again(List<String> now) {
            return new Cached(statement, choices, readings, prepared, now);
        }
    }

    /** A write, the choices it was made by, and the tables it may reach. */
    private record Step(FuzzStatement statement, int[] choices, Set<String> reached) {}

    private void state() throws SQLException {
        List<FuzzStatement> rows = fill();
        List<Cached> cached = new ArrayList<>();
        try {
            for (int i = 0; i < QUERIES; i++) {
                cache(cached);
            }
            for (int i = 0; i < SEQUENCES; i++) {
                Savepoint before = oracle.savepoint();
                sequence(rows, new ArrayList<>(cached));
                oracle.rollback(before);
            }
        } finally {
            for (Cached each : cached) {
                each.prepared().close();
            }
            oracle.rollback();
        }
    }

    private List<FuzzStatement> fill() throws SQLException {
        List<FuzzStatement> rows = new ArrayList<>();
        for (FuzzTable table : schema.tables()) {
            int count = 2 + random.nextInt(4);
            for (int key = 0; key < count; key++) {
                FuzzStatement row = WriteGrammar.row(Choices.random(random), schema, table, key);
                if (oracle.attempt(row)) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private void cache(List<Cached> cached) throws SQLException {
        Choices choices = Choices.random(random);
        FuzzStatement statement = QueryGrammar.make(choices, schema);
        Oracle.Prepared prepared = oracle.query(statement);
        List<String> rows = prepared.rows(oracle.savepoint());
        List<Judge.Reading> readings = new ArrayList<>();
        if (rows == null) {
            tally.failedQueries++;
        } else {
            judges.forEach(judge -> readings.add(judge.query(statement)));
        }
        if (rows == null || readings.get(0).known() == null) {
            readings.stream().limit(1).forEach(reading -> Tally.add(tally.passedThrough, reading.why()));
            prepared.close();
            return;
        }
        cached.add(new Cached(statement, choices.made(), readings, prepared, rows));
    }

    private void sequence(List<FuzzStatement> rows, List<Cached> cached) throws SQLException {
        List<Step> steps = new ArrayList<>();
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            Choices choices = Choices.random(random);
            FuzzStatement write = WriteGrammar.make(choices, schema);
            if (!oracle.attempt(write)) {
                tally.failedWrites++;
                continue;
            }
            steps.add(new Step(write, choices.made(), schema.reached(write)));
            List<Judge.Reported> reported =
                    judges.stream().map(judge -> judge.change(write)).toList();
            if (reported.get(0).events() == null) {
                Tally.add(tally.everything, reported.get(0).why());
            }
            compareAll(rows, cached, steps, reported);
        }
    }

    private void compareAll(
            List<FuzzStatement> rows, List<Cached> cached, List<Step> steps, List<Judge.Reported> reported)
            throws SQLException {
        Savepoint savepoint = oracle.savepoint();
        Step step = steps.get(steps.size() - 1);
        for (int i = cached.size() - 1; i >= 0; i--) {
            Cached each = cached.get(i);
            boolean related = !Collections.disjoint(each.statement().tables(), step.reached());
            if (!related && random.nextInt(8) > 0) {
                continue;
            }
            List<String> now = each.prepared().rows(savepoint);
            if (now == null) {
                cached.remove(i); // it fails on these rows
                continue;
            }
            boolean same = now.equals(each.rows());
            if (count(rows, each, steps, reported, same, related)) {
                cached.set(i, same ? each : each.again(now));
            }
        }
    }

    /** Counts one pair; whether the result is dropped. */
    private boolean count(
            List<FuzzStatement> rows,
            Cached cached,
            List<Step> steps,
            List<Judge.Reported> reported,
            boolean same,
            boolean related) {
        Step step = steps.get(steps.size() - 1);
        Judge.Opinion opinion = opinion(0, cached, reported);
        tally.pairs += related ? 1 : 0;
        if (opinion.affected() && same) {
            tally.needless(cached.statement(), step.statement());
        } else if (opinion.affected()) {
            tally.needed++;
        } else if (same && related) {
            tally.kept(cached.statement(), step.statement(), opinion.reason());
        } else if (!same) {
            tally.stale(
                    new FuzzCase(
                            schemaChoices,
                            rows,
                            cached.choices(),
                            steps.stream().map(Step::choices).toList()),
                    "seed=" + seed);
        }
        for (int i = 1; i < judges.size() && !same; i++) {
            if (!opinion(i, cached, reported).affected()) {
                tally.found.putIfAbsent(judges.get(i).fault().name(), tally.pairs);
            }
        }
        return opinion.affected() || !same;
    }

    private Judge.Opinion opinion(int judge, Cached cached, List<Judge.Reported> reported) {
        Judge.Known known = cached.readings().get(judge).known();
        return known == null
                ? new Judge.Opinion(true, "not cached")
                : judges.get(judge).opinion(known, reported.get(judge));
    }
}
