package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Latch;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices, without the coordination tables, that the database may have lost commits, for a store in the process. A crash, a
 * fail-over and a restart end every session: so a session is held for good and asked once a second whether it is still the
 * same. If it is not, or cannot be asked, everything cached is made a miss, and once more when a new session is there, for
 * what was read in between.
 *
 * <p>Runs on a thread of its own until closed.
 */
public final class IncarnationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncarnationWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final ServiceConnection connection;
    private final CoordinationSql sql;
    private final BooleanSupplier renew;
    private final Latch closed;
    private final Latch ended;
    private @Nullable String last;

    private IncarnationWatch(
            ServiceConnections source, CoordinationSettings settings, Environment environment, BooleanSupplier renew) {
        this.sql = settings.dialect().sql(settings.schema(), false);
        this.connection = new ServiceConnection(
                source, sql, Math.toIntExact(settings.timeout().toMillis()));
        this.renew = renew;
        this.closed = environment.latch();
        this.ended = environment.latch();
    }

    /**
     * Starts to watch.
     *
     * @param renew makes every cached result a miss; false if that did not succeed, and is to be tried again
     * @throws CoordinationException if the database cannot be asked
     */
    public static IncarnationWatch start(
            ServiceConnections source, CoordinationSettings settings, Environment environment, BooleanSupplier renew) {
        IncarnationWatch watch = new IncarnationWatch(source, settings, environment, renew);
        try {
            watch.last = watch.ask();
        } catch (CoordinationException e) {
            watch.connection.close();
            throw e;
        }
        environment.start("staleless-incarnation", watch::run);
        return watch;
    }

    private void run() {
        while (!closed.await(PERIOD)) {
            // An interrupt means nothing to this thread, and would keep it from waiting.
            var unused = Thread.interrupted();
            round();
        }
        ended.open();
    }

    private void round() {
        String now = null;
        try {
            now = ask();
        } catch (CoordinationException e) {
            LOG.debug("The session of the incarnation's watch was lost", e);
        }
        if (!Objects.equals(now, last)) {
            LOG.info("The database's sessions have ended: what was cached is served no more");
            if (renew.getAsBoolean()) {
                last = now;
            }
        }
    }

    private String ask() {
        Object session = connection.call("asking for the session", c -> JdbcCoordinationTables.first(c, sql.session()));
        return String.valueOf(session);
    }

    @Override
    public void close() {
        closed.open();
        connection.close();
        var unused = ended.await(PERIOD);
    }
}
