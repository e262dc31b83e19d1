package dev.staleless.benchmarks.fuzz;

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
        this.oracle = new Oracle(area.connection());
    }

    /** What is wrong, as SQL, or null if nothing is. */
    @Nullable
    String failure(FuzzCase played) throws SQLException {
        try {
            FuzzSchema current = schema(played.schema());
            Judge judge = new Judge(area.analyser(), Objects.requireNonNull(catalog), fault);
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
            if (oracle.attempt(row)) {
                story.append(row.sql()).append(";\n");
            }
        }
        FuzzStatement query = QueryGrammar.make(Choices.given(played.query()), current);
        Judge.Known known = judge.query(query).known();
        if (known == null) {
            return null;
        }
        try (Oracle.Prepared prepared = oracle.query(query)) {
            List<String> rows = prepared.rows(oracle.savepoint());
            if (rows == null) {
                return null;
            }
            story.append(query.describe())
                    .append(";\n  -- cached: ")
                    .append(rows)
                    .append('\n');
            return failure(played, current, judge, known, prepared, rows, story);
        }
    }

    private @Nullable String failure(
            FuzzCase played,
            FuzzSchema current,
            Judge judge,
            Judge.Known known,
            Oracle.Prepared prepared,
            List<String> cached,
            StringBuilder story)
            throws SQLException {
        List<String> rows = cached;
        for (int[] choices : played.writes()) {
            FuzzStatement write = WriteGrammar.make(Choices.given(choices), current);
            if (!oracle.attempt(write)) {
                continue;
            }
            Savepoint savepoint = oracle.savepoint();
            Judge.Opinion opinion = judge.opinion(known, judge.change(write));
            List<String> now = prepared.rows(savepoint);
            story.append(write.describe())
                    .append(";\n  -- ")
                    .append(opinion.reason())
                    .append('\n');
            if (now == null) {
                return null;
            }
            if (!opinion.affected() && !now.equals(rows)) {
                return story.append("  -- kept, but now: ")
                        .append(now)
                        .append('\n')
                        .toString();
            }
            rows = opinion.affected() ? now : rows;
        }
        return null;
    }
}
