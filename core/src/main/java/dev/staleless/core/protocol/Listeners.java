package dev.staleless.core.protocol;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.coordination.Clock;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.statistics.StoreState;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the listener and keeps what it throws away from the application. Failures are logged once per cause and interval.
 */
final class Listeners implements CacheListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.staleless");
    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();
    private static final int MAX_CAUSES = 1_000;

    private final CacheListener listener;
    private final Clock clock;
    /** When a failure was logged last. */
    private final Map<String, Long> logged = new ConcurrentHashMap<>();

    Listeners(CacheListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void hit(Query query) {
        try {
            listener.hit(query);
        } catch (RuntimeException e) {
            threw(e);
        }
    }

    @Override
    public void revalidated(Query query) {
        call(() -> listener.revalidated(query));
    }

    @Override
    public void servedStale(Query query) {
        call(() -> listener.servedStale(query));
    }

    @Override
    public void miss(Query query, MissReason reason, String detail) {
        call(() -> listener.miss(query, reason, detail));
    }

    @Override
    public void dropped(Query query, ChangeEvent event, Verdict.Affected verdict) {
        call(() -> listener.dropped(query, event, verdict));
    }

    @Override
    public void kept(Query query, ChangeEvent event, Verdict.Unaffected verdict) {
        call(() -> listener.kept(query, event, verdict));
    }

    @Override
    public void needless(Query query) {
        call(() -> listener.needless(query));
    }

    @Override
    public void published(Query query, int bytes) {
        call(() -> listener.published(query, bytes));
    }

    @Override
    public void committed(Collection<ChangeEvent> events) {
        call(() -> listener.committed(events));
    }

    @Override
    public void storeState(StoreState state, String reason) {
        switch (state) {
            case AVAILABLE -> LOG.info("The store is back: {}", reason);
            case UNAVAILABLE ->
                LOG.warn(
                        "The store cannot be reached: {}. Queries are answered by the database, and the store is tried again in"
                                + " the background. See to the server and the network between",
                        reason);
            case CUT_OFF ->
                LOG.warn(
                        "The store takes no writes: {}. This node commits under a barrier, and no node serves from the cache until"
                                + " the store is back. See to the server and the network between",
                        reason);
        }
        call(() -> listener.storeState(state, reason));
    }

    @Override
    public void failed(String what, Throwable cause) {
        log(what, cause);
        call(() -> listener.failed(what, cause));
    }

    private void call(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            threw(e);
        }
    }

    private void threw(RuntimeException failure) {
        log("A cache listener threw", failure);
        try {
            listener.failed("listener", failure);
        } catch (RuntimeException again) {
            log("A cache listener threw while it was told that it threw", again);
        }
    }

    private void log(String what, Throwable cause) {
        String key = what + '/' + cause.getClass().getName() + '/' + cause.getMessage();
        if (logged.size() > MAX_CAUSES) {
            logged.clear();
        }
        long now = clock.nanos();
        Long last = logged.get(key);
        if (last == null || now - last >= INTERVAL) {
            logged.put(key, now);
            LOG.warn("{}", what, cause);
        }
    }
}
