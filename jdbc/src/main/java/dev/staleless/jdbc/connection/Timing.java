package dev.staleless.jdbc.connection;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.jdbc.admission.Shape;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Times one execution of a query text, and tells what became of it. Of one thread. */
final class Timing {

    /** Times nothing, and tells nothing. */
    static final Timing NONE = new Timing();

    private final @Nullable Clock clock;
    private final @Nullable Shape shape;
    private final long started;
    private long databaseNanos;

    private Timing() {
        clock = null;
        shape = null;
        started = 0;
    }

    /**
     * It begins now.
     *
     * @param shape of the query text
     * @param clock null if it is not timed, only told
     */
    Timing(Shape shape, @Nullable Clock clock) {
        this.shape = shape;
        this.clock = clock;
        started = clock == null ? 0 : clock.nanos();
    }

    /** Runs what is done on the database. */
    <T> T database(Work<T> work) throws SQLException {
        Clock timed = clock;
        if (timed == null) {
            return work.run();
        }
        long from = timed.nanos();
        try {
            return work.run();
        } finally {
            databaseNanos += timed.nanos() - from;
        }
    }

    /** Negative if it is not timed. */
    private long nanos() {
        return clock == null ? -1 : clock.nanos() - started;
    }

    void hit() {
        if (shape != null) {
            shape.hit(nanos());
        }
    }

    void missed(MissReason reason) {
        if (shape != null) {
            shape.missed(reason, nanos(), databaseNanos);
        }
    }

    void leftToDatabase() {
        if (shape != null) {
            shape.leftToDatabase(nanos());
        }
    }
}
