package dev.staleless.benchmarks.differential;

import dev.staleless.core.decision.IndexedRows;
import dev.staleless.core.query.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A cached query under test.
 *
 * @param choices it was made by
 * @param readings what each judge made of it
 * @param rows as they were cached, to be compared
 * @param entries the rows as each judge knows them
 */
record Subject(
        FuzzStatement statement,
        int[] choices,
        List<Judge.Reading> readings,
        Oracle.Prepared prepared,
        List<String> rows,
        List<IndexedRows> entries) {

    static Subject of(
            FuzzStatement statement,
            int[] choices,
            List<Judge> judges,
            List<Judge.Reading> readings,
            Oracle.Prepared prepared,
            Oracle.Result result) {
        return new Subject(statement, choices, readings, prepared, result.rows(), entries(judges, result.published()));
    }

    /** Cached again, with the rows there are now. */
    Subject again(List<Judge> judges, Oracle.Result result) {
        return new Subject(statement, choices, readings, prepared, result.rows(), entries(judges, result.published()));
    }

    private static List<IndexedRows> entries(List<Judge> judges, byte[] published) {
        List<IndexedRows> entries = new ArrayList<>();
        judges.forEach(judge -> entries.add(judge.rows(published)));
        return entries;
    }

    /** What a judge says of a change. */
    Judge.Opinion opinion(List<Judge> judges, int judge, Execution change) throws SQLException {
        Judge.Known known = readings.get(judge).known();
        return known == null
                ? new Judge.Opinion(true, "not cached", List.of())
                : judges.get(judge)
                        .asked(known, entries.get(judge), change.reported().get(judge));
    }

    /** What the only judge says of a change. */
    Judge.Opinion opinion(Judge judge, Judge.Reported change) {
        return judge.opinion(known(), entries.get(0), change);
    }

    /** The same, with what the database says where that leaves doubts. */
    Judge.Opinion asked(Judge judge, Judge.Reported change) throws SQLException {
        return judge.asked(known(), entries.get(0), change);
    }

    /** As the first judge sees it. */
    Query query() {
        return known().query();
    }

    private Judge.Known known() {
        return Objects.requireNonNull(readings.get(0).known());
    }
}
