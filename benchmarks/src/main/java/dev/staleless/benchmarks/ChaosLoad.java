package dev.staleless.benchmarks;

import dev.staleless.benchmarks.NodeLoad.Counts;
import dev.staleless.testkit.staleness.StalenessLoad;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The load of one node in a chaos run: counters that only grow, of which no read of any kind may be too small, and the staleness
 * checker's random statements on random tables.
 */
final class ChaosLoad {

    /** Of tables and queries: the same in both processes. */
    private static final long TABLES = 7;

    private final NodeLoad counters;
    private final StalenessLoad statements;

    /** @param number of the process among those of the run, from 0 */
    ChaosLoad(DataSource node, DataSource database, int number) {
        counters = new NodeLoad(node, database);
        statements = new StalenessLoad(TABLES, number, node, database);
    }

    static void createTables(DataSource database) throws SQLException {
        NodeLoad.createTables(database);
        StalenessLoad.createTables(TABLES, database);
    }

    void start(long seed) {
        counters.start(1, 1, seed);
        statements.start(1, 1, seed + 5_000);
    }

    void databaseAway(boolean away) {
        counters.databaseAway(away);
        statements.databaseAway(away);
    }

    Counts counts() {
        StalenessLoad.Counts more = statements.counts();
        return counters.counts()
                .plus(new Counts(more.checks(), more.stale(), more.failedReads(), more.commits(), more.refused()));
    }

    /** Comparisons that were given up, since a commit came in between each time. */
    long undecided() {
        return statements.counts().undecided();
    }

    List<String> examples() {
        List<String> all = new ArrayList<>(counters.examples());
        all.addAll(statements.examples());
        return all;
    }

    /** Asks everything once; returns how many answers were wrong. */
    long sweep() {
        return counters.sweep() + statements.sweep();
    }

    void stop() {
        counters.stop();
        statements.stop();
    }
}
