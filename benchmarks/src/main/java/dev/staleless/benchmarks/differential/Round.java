package dev.staleless.benchmarks.differential;

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
        this.oracle = new Oracle(area);
        faults.forEach(fault -> judges.add(new Judge(area, catalog, fault)));
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

    /** A change, the choices it was made by, and the tables it may reach. */
    private record Step(Execution change, int[] choices, Set<String> reached) {}

    private void state() throws SQLException {
        List<FuzzStatement> rows = fill();
        List<Subject> cached = new ArrayList<>();
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
            for (Subject each : cached) {
                each.prepared().close();
            }
            oracle.rollback();
        }
    }

    private List<FuzzStatement> fill() throws SQLException {
        List<FuzzStatement> rows = new ArrayList<>();
        List<FuzzTable> tables = new ArrayList<>(schema.tables());
        tables.addAll(schema.parts());
        for (FuzzTable table : tables) {
            int count = 2 + random.nextInt(4);
            for (int key = 0; key < count; key++) {
                FuzzStatement row = WriteGrammar.row(Choices.random(random), schema, table, key);
                if (oracle.attempt(row) >= 0) {
                    rows.add(row);
                }
            }
        }
        for (FuzzTable snapshot : schema.snapshots()) {
            FuzzStatement refresh = UnusualChanges.refresh(Choices.random(random), schema, snapshot);
            oracle.attempt(refresh);
            rows.add(refresh);
        }
        return rows;
    }

    private void cache(List<Subject> cached) throws SQLException {
        Choices choices = Choices.random(random);
        FuzzStatement statement = QueryGrammar.make(choices, schema);
        Oracle.Prepared prepared = oracle.query(statement);
        if (prepared == null) {
            tally.failedQueries++;
            return;
        }
        Oracle.Result result = prepared.result(oracle.savepoint());
        if (result == null) {
            tally.failedQueries++;
            prepared.close();
            return;
        }
        List<Judge.Reading> readings =
                judges.stream().map(judge -> judge.query(statement)).toList();
        if (readings.get(0).known() == null) {
            Tally.add(tally.passedThrough, readings.get(0).why());
            prepared.close();
            return;
        }
        cached.add(Subject.of(statement, choices.made(), judges, readings, prepared, result));
    }

    private void sequence(List<FuzzStatement> rows, List<Subject> cached) throws SQLException {
        List<Step> steps = new ArrayList<>();
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            Choices choices = Choices.random(random);
            Execution change = Execution.of(choices, schema, oracle, judges);
            if (change == null) {
                tally.failedWrites++;
                continue;
            }
            steps.add(new Step(change, choices.made(), schema.reached(change.statement())));
            tally.changed(change);
            if (!change.isNothing() || random.nextInt(4) == 0) {
                compareAll(rows, cached, steps);
            }
        }
    }

    private void compareAll(List<FuzzStatement> rows, List<Subject> cached, List<Step> steps) throws SQLException {
        Savepoint savepoint = oracle.savepoint();
        Step step = steps.get(steps.size() - 1);
        for (int i = cached.size() - 1; i >= 0; i--) {
            Subject each = cached.get(i);
            boolean related = !Collections.disjoint(each.statement().tables(), step.reached());
            if (!related && random.nextInt(8) > 0) {
                continue;
            }
            List<String> now = each.prepared().rows(savepoint);
            boolean same = now != null && now.equals(each.rows());
            if (now != null) {
                count(rows, each, steps, same, related);
            }
            if (!same) {
                Oracle.Result result = now == null ? null : each.prepared().result(savepoint);
                if (result == null) {
                    cached.remove(i); // it fails on these rows
                } else {
                    cached.set(i, each.again(judges, result));
                }
            }
        }
    }

    /** Counts one pair. */
    private void count(List<FuzzStatement> rows, Subject cached, List<Step> steps, boolean same, boolean related)
            throws SQLException {
        Execution change = steps.get(steps.size() - 1).change();
        Judge.Opinion opinion = cached.opinion(judges, 0, change);
        tally.pairs += related ? 1 : 0;
        tally.seen(cached.statement(), change.statement());
        if (opinion.affected() && same) {
            tally.needless(cached.statement(), change.statement());
        } else if (opinion.affected()) {
            tally.needed++;
        } else if (same && related) {
            tally.kept(cached.statement(), change.statement(), opinion);
        } else if (!same) {
            List<int[]> writes = steps.stream().map(Step::choices).toList();
            StringBuilder story = new StringBuilder(cached.statement().describe());
            steps.forEach(
                    step -> story.append(";\n").append(step.change().statement().describe()));
            FuzzCase failing = new FuzzCase(schemaChoices, rows, cached.choices(), writes);
            tally.stale(new Tally.Failure(failing, seed, story.toString()));
        }
        for (int i = 1; i < judges.size() && !same; i++) {
            if (!cached.opinion(judges, i, change).affected()) {
                tally.found.putIfAbsent(judges.get(i).fault().name(), tally.pairs);
            }
        }
    }
}
