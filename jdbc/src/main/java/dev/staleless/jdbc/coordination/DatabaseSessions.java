package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a database session has surely ended, by its name: process id and start of the session, with an {@code @}
 * between them. What cannot be found out has not ended.
 */
public final class DatabaseSessions implements Predicate<String>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSessions.class);
    private static final Pattern NAME = Pattern.compile("(\\d{1,9})@(.+)");

    private final ServiceConnection connection;
    private final CoordinationSql sql;

    /** Opens its connection when it is first asked. */
    public DatabaseSessions(ServiceConnections source, CoordinationSettings settings) {
        this.sql = settings.dialect().sql(settings.schema(), false);
        this.connection = new ServiceConnection(
                source, sql, Math.toIntExact(settings.timeout().toMillis()));
    }

    @Override
    public boolean test(String session) {
        try {
            return ended(connection, sql, session);
        } catch (CoordinationException e) {
            LOG.warn("Session {} is taken to go on: {}", session, e.getMessage());
            return false;
        }
    }

    static boolean ended(ServiceConnection connection, CoordinationSql sql, String session) {
        Matcher name = NAME.matcher(session);
        if (!name.matches()) {
            return false;
        }
        Integer process = Integer.valueOf(name.group(1));
        Object ended = connection.call(
                "asking for a session",
                c -> JdbcCoordinationTables.first(c, sql.sessionEnded(), process, name.group(2)));
        return JdbcCoordinationTables.isTrue(ended);
    }

    @Override
    public void close() {
        connection.close();
    }
}
