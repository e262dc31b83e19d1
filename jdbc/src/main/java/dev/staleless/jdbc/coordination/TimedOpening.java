package dev.staleless.jdbc.coordination;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a connection within a time. A driver may wait for ever for a server that takes the connection and says nothing, and
 * not every data source has a setting against it; so it is opened on a thread of its own. A connection that comes too late is
 * closed.
 */
final class TimedOpening {
    private static final Logger LOG = LoggerFactory.getLogger(TimedOpening.class);

    private TimedOpening() {}

    static Connection open(ServiceConnections source, int timeoutMillis) throws SQLException {
        CompletableFuture<Connection> opening = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(opening, source), "staleless-connect");
        thread.setDaemon(true);
        thread.start();
        try {
            return opening.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SQLTimeoutException(
                    "no connection within " + timeoutMillis + " ms", "08001", cancelled(opening, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while connecting", "08001", cancelled(opening, e));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failure(cause == null ? e : cause);
        }
    }

    private static void complete(CompletableFuture<Connection> opening, ServiceConnections source) {
        try {
            Connection opened = source.open();
            if (!opening.complete(opened)) {
                opened.close();
            }
        } catch (SQLException | RuntimeException e) {
            if (!opening.completeExceptionally(e)) {
                LOG.debug("A connection that nobody waited for any more failed", e);
            }
        }
    }

    /** Nobody waits any more; had it been opened just now, it is closed here. */
    private static Exception cancelled(CompletableFuture<Connection> opening, Exception cause) {
        if (!opening.cancel(false)) {
            try {
                opening.join().close();
            } catch (SQLException | CompletionException e) {
                cause.addSuppressed(e);
            }
        }
        return cause;
    }

    private static SQLException failure(Throwable cause) {
        if (cause instanceof SQLException known) {
            return known;
        }
        return new SQLException("the connection could not be opened: " + cause.getMessage(), "08001", cause);
    }
}
