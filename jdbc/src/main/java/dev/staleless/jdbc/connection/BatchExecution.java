package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.ChangeTemplate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One execution of a batch that was asked for generated keys: these tell what each of its statements has changed. */
final class BatchExecution<T> implements ReportedWork<T> {
    private final CachingStatement statement;
    private final List<Entry> entries;
    private final Work<T> work;
    private final Function<T, long[]> counts;
    private List<ChangeEvent> known;

    /** A statement of the batch. */
    record Entry(ChangeTemplate template, Parameters parameters) {}

    /**
     * An execution.
     *
     * @param events of all statements
     * @param counts the numbers of rows that the answer tells
     */
    BatchExecution(
            CachingStatement statement,
            List<Entry> entries,
            List<ChangeEvent> events,
            Work<T> work,
            Function<T, long[]> counts) {
        this.statement = statement;
        this.entries = entries;
        this.known = events;
        this.work = work;
        this.counts = counts;
    }

    @Override
    public List<ChangeEvent> known() {
        return known;
    }

    @Override
    public T run() throws SQLException {
        T result = work.run();
        List<ChangeEvent> told = statement.ownKeys(entries, counts.apply(result));
        known = told == null ? known : told;
        return result;
    }

    /** Shares out the rows, which come in the order of the statements; null if they are not those of the counts. */
    static @Nullable List<List<List<@Nullable Object>>> shared(List<List<@Nullable Object>> rows, long[] counts) {
        List<List<List<@Nullable Object>>> shared = new ArrayList<>();
        int next = 0;
        for (long count : counts) {
            if (count < 0 || count > rows.size() - next) {
                return null;
            }
            shared.add(rows.subList(next, next + (int) count));
            next += (int) count;
        }
        return next == rows.size() ? shared : null;
    }
}
