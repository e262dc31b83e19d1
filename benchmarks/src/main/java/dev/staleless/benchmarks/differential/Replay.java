package dev.staleless.benchmarks.differential;

import dev.staleless.core.catalog.Catalog;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays cases again. The schema is made anew only where it differs from the last one. */
final class Replay {

    private final Area area;
    private final Fault fault;
    private final Oracle oracle;
    private int @Nullable [] made;
    private @Nullable FuzzSchema schema;
    private @Nullable Catalog catalog;

    Replay(Area area, Fault fault) {
        this.area = area;
        this.fault = fault;
        this.oracle = new Oracle(area);
    }

    /** What is wrong, as SQL, or null if nothing is. */
    @Nullable
    String failure(FuzzCase played) throws SQLException {
        try {
            FuzzSchema current = schema(played.schema());
            Judge judge = new Judge(area, Objects.requireNonNull(catalog), fault);
            return failure(played, current, judge);
        } finally {
            oracle.rollback();
        }
    }

    private FuzzSchema schema(int[] choices) throws SQLException {
        FuzzSchema current = schema;
        if (current == null || !Arrays.equals(choices, made)) {
            made = null;
            current = SchemaGrammar.make(Choices.given(choices), area.target());
            catalog = area.make(current);
            schema = current;
            made = choices;
        }
        return current;
    }

    private @Nullable String failure(FuzzCase played, FuzzSchema current, Judge judge) throws SQLException {
        StringBuilder story = new StringBuilder();
        current.ddl().forEach(ddl -> story.append(ddl).append(";\n"));
        for (FuzzStatement row : played.rows()) {
            if (oracle.attempt(row) >= 0) {
                story.append(row.sql()).append(";\n");
            }
        }
        FuzzStatement query = QueryGrammar.make(Choices.given(played.query()), current);
        Judge.Reading reading = judge.query(query);
        if (reading.known() == null) {
            return null;
        }
        List<Judge> judges = List.of(judge);
        try (Oracle.Prepared prepared = oracle.query(query)) {
            Oracle.Result result = prepared == null ? null : prepared.result(oracle.savepoint());
            if (prepared == null || result == null) {
                return null;
            }
            story.append(query.describe())
                    .append(";\n  -- cached: ")
                    .append(result.rows())
                    .append('\n');
            Subject subject = Subject.of(query, played.query(), judges, List.of(reading), prepared, result);
            return failure(played, current, judges, subject, story);
        }
    }

    private @Nullable String failure(
            FuzzCase played, FuzzSchema current, List<Judge> judges, Subject cached, StringBuilder story)
            throws SQLException {
        Subject subject = cached;
        for (int[] choices : played.writes()) {
            Execution change = Execution.of(Choices.given(choices), current, oracle, judges);
            if (change == null) {
                continue;
            }
            Savepoint savepoint = oracle.savepoint();
            Judge.Opinion opinion = subject.opinion(judges, 0, change);
            story.append(change.statement().describe()).append(";\n  -- ").append(opinion.reason());
            story.append(change.images() ? " (by images)" : "").append('\n');
            Oracle.Result now = subject.prepared().result(savepoint);
            if (now == null) {
                return null;
            }
            if (!opinion.affected() && !now.rows().equals(subject.rows())) {
                return story.append("  -- kept, but now: ")
                        .append(now.rows())
                        .append('\n')
                        .toString();
            }
            subject = opinion.affected() ? subject.again(judges, now) : subject;
        }
        return null;
    }
}
