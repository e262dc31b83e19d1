package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.sql.ChangeTemplate;
import dev.staleless.sql.RowImages;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement that changes rows: as it is, or, where that pays and nobody can notice it, as the query that returns
 * the rows it changes. What it returns by itself is looked at. When it has been answered, it is known more closely what has changed.
 */
final class ChangeExecution<T> implements ReportedWork<T> {
    private static final String SAVEPOINT = "staleless_images";

    private final CachingStatement statement;
    private final ChangeTemplate template;
    private final Parameters parameters;
    private final List<ChangeEvent> events;
    private final Work<T> work;
    private final @Nullable LongFunction<T> counted;
    private List<ChangeEvent> known;

    /**
     * An execution.
     *
     * @param work sends the statement as it is
     * @param counted what the application gets for a number of rows; null if it gets more than that
     */
    ChangeExecution(
            CachingStatement statement,
            ChangeTemplate template,
            Parameters parameters,
            Work<T> work,
            @Nullable LongFunction<T> counted) {
        this.statement = statement;
        this.template = template;
        this.parameters = parameters;
        this.events = template.events(parameters);
        this.work = work;
        this.counted = counted;
        this.known = events;
    }

    /** What it may change, before it is sent. */
    List<ChangeEvent> events() {
        return events;
    }

    @Override
    public List<ChangeEvent> known() {
        return known;
    }

    @Override
    public T run() throws SQLException {
        ImageChoice images = statement.connection.front().images;
        RowImages rows = counted == null ? null : images.choose(statement, template, events);
        long started = System.nanoTime();
        T result = rows == null || counted == null ? plain() : counted.apply(imaged(rows));
        images.executed(template, rows, System.nanoTime() - started, known.equals(events));
        return result;
    }

    private T plain() throws SQLException {
        T result = work.run();
        if (template.isNothingWithoutRows() && statement.hasChangedNoRow()) {
            known = List.of();
        } else if (statement.connection.front().images.areWanted(events)) {
            List<ChangeEvent> told = statement.ownResults(template, parameters, counted == null);
            known = told == null ? events : told;
        }
        return result;
    }

    private long imaged(RowImages images) throws SQLException {
        Connection connection = statement.connection.borrow().connection();
        DriverProfile driver = statement.connection.front().wiring.driver();
        Savepoint before = driver.leavesHalfImaged() ? connection.setSavepoint(SAVEPOINT) : null;
        ImageReader.Images read;
        try {
            read = ImageReader.read(statement.executeImaged(images), images);
        } catch (SQLException e) {
            undo(connection, before, e);
            throw driver.ofStatement(e, images);
        }
        List<ChangeEvent> told = images.events(parameters, read.rows(), read.undisturbed());
        known = told == null ? events : told;
        statement.counted(read.count());
        return read.count();
    }

    private static void undo(Connection connection, @Nullable Savepoint before, SQLException failure) {
        if (before == null) {
            return;
        }
        try {
            connection.rollback(before);
        } catch (SQLException suppressed) {
            failure.addSuppressed(suppressed); // the whole transaction has been undone
        }
    }
}
