package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection up: when one has ended, a fresh one takes its place, made on demand and by {@link #check}. While the
 * server cannot be reached, attempts keep a growing distance, and calls fail at once instead of waiting for one.
 *
 * <p>Safe for any thread; the fields are guarded by the object.
 */
final class Line implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(2).toNanos();

    private final Connector connector;
    private @Nullable Link last;
    private @Nullable CompletableFuture<Link> attempt;
    private @Nullable StoreException failure;
    private long pause = FIRST_PAUSE;
    private long notBefore;
    private boolean closed;

    Line(Connector connector) {
        this.connector = connector;
    }

    /**
     * The connection, waiting for one only if the server was reached the last time.
     *
     * @throws StoreException if there is none
     */
    Link link(Duration timeout) {
        CompletableFuture<Link> pending;
        synchronized (this) {
            checkNotClosed();
            Link current = last;
            if (current != null && current.isOpen()) {
                return current;
            }
            pending = renew();
            if (failure != null) {
                throw new StoreException(String.valueOf(failure.getMessage()), failure);
            }
        }
        try {
            return pending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new StoreException(
                    connector.where() + " could not be reached within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while connecting to " + connector.where(), e);
        } catch (ExecutionException e) {
            throw connector.failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Ends a connection whose server is in another life by now, or does not answer; makes one where there is none. */
    void check() {
        Link current;
        synchronized (this) {
            if (closed) {
                return;
            }
            current = last;
            if (current == null || !current.isOpen()) {
                renew();
                return;
            }
        }
        connector.ids(current).whenComplete((ids, problem) -> {
            if (problem == null && ids.sameLife(current.ids())) {
                relabel(current, ids);
            } else {
                LOG.warn("{} is not what it was, its connection is renewed: {}", current.where(), reason(problem));
                current.close();
            }
        });
    }

    /** What is under way keeps the ids that were read before it; what comes has the new ones. */
    private synchronized void relabel(Link current, ServerIds ids) {
        if (current.equals(last) && !ids.equals(current.ids())) {
            last = new Link(current.wire(), ids, ids.digest(), current.clientId());
        }
    }

    private static String reason(@Nullable Throwable problem) {
        return problem == null ? "its run id or replication id has changed" : String.valueOf(problem.getMessage());
    }

    /** The attempt under way; a new one if there is none and it is time; else the last, which failed. */
    private synchronized CompletableFuture<Link> renew() {
        CompletableFuture<Link> pending = attempt;
        if (pending != null && (!pending.isDone() || (failure != null && System.nanoTime() - notBefore < 0))) {
            return pending;
        }
        Link replaced = last;
        if (replaced != null) {
            replaced.close();
        }
        pending = connector.connect(replaced).whenComplete(this::ended);
        attempt = pending;
        return pending;
    }

    private synchronized void ended(@Nullable Link link, @Nullable Throwable problem) {
        if (link != null && !closed) {
            if (failure != null || last != null) {
                LOG.info("{} is connected again", link.where());
            }
            last = link;
            failure = null;
            pause = FIRST_PAUSE;
        } else if (link != null) {
            link.close();
        } else if (problem != null) {
            if (failure == null) {
                LOG.warn("No connection: {}", connector.failure(problem).getMessage());
            }
            failure = connector.failure(problem);
            notBefore = System.nanoTime() + pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    private void checkNotClosed() {
        if (closed) {
            throw new StoreException("The store on " + connector.where() + " is closed");
        }
    }

    /** The connection if there is one now, else null. */
    synchronized @Nullable Link open() {
        Link current = last;
        return current != null && current.isOpen() ? current : null;
    }

    /** Ends the renewing and the connection. */
    synchronized void end() {
        closed = true;
        if (last != null) {
            last.close();
        }
    }

    /** Ends the renewing; the connection itself ends with its client. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
