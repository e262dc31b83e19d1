package dev.staleless.jdbc.connection;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.jdbc.admission.Shape;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Times one execution, and tells what became of it. Before {@link #start} is called it times nothing, and tells nothing. Of one thread.
 */
final class Timing {

    private final Clock clock;
    private @Nullable Shape shape;
    private boolean timed;
    private long started;
    private long databaseNanos;

    Timing(Clock clock) {
        this.clock = clock;
    }

    /** The execution is one of this query text. */
    void start(Shape measured) {
        shape = measured;
        timed = measured.times();
        started = timed ? clock.nanos() : 0;
    }

    /** Runs what is done on the database. */
    <T> T database(Work<T> work) throws SQLException {
        if (!timed) {
            return work.run();
        }
        long from = clock.nanos();
        try {
            return work.run();
        } finally {
            databaseNanos += clock.nanos() - from;
        }
    }

    void hit() {
        if (shape != null) {
            shape.hit(timed ? clock.nanos() - started : -1);
        }
    }

    void missed(MissReason reason) {
        if (shape != null) {
            shape.missed(reason, timed ? clock.nanos() - started : -1, databaseNanos);
        }
    }

    void leftToDatabase() {
        if (shape != null) {
            shape.leftToDatabase(timed ? clock.nanos() - started : -1);
        }
    }
}
