package dev.staleless.examples.demo;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.examples.gazetteer.ActivityFeed;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.policy.FrontListener;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records what one instance of the application executes and what the cache says of it, for the page. Safe for any thread; the
 * cache calls a listener on the thread that executes, so what it says is put to the statement under way there. The core's
 * queries and verdicts are written with their packages: the feed has classes of the same names.
 */
final class ActivityRecorder implements ActivityFeed, CacheListener, FrontListener {

    private static final int KEPT = 2000;

    private static final Set<MissReason> BYPASSES = EnumSet.of(
            MissReason.OWN_CHANGES, MissReason.NOT_ENLISTED, MissReason.NOT_FRESH, MissReason.STORE_UNAVAILABLE);

    /** Something that may throw what JDBC throws. */
    interface Call {
        @Nullable
        Object run() throws Throwable;
    }

    private final Node node;
    private final ThreadLocal<@Nullable Execution> current = new ThreadLocal<>();
    private final Deque<Activity> activities = new ArrayDeque<>();
    private final Map<Connection, List<Execution>> pending = new WeakHashMap<>();
    private final ThreadLocal<@Nullable List<Execution>> committing = new ThreadLocal<>();
    private volatile boolean cacheInUse = true;
    private long last;
    private long hits;
    private long misses;
    private long bypasses;
    private long writes;
    private long dropped;
    private long kept;

    ActivityRecorder(Node node) {
        this.node = node;
    }

    @Override
    public synchronized Snapshot since(long after) {
        List<Activity> newer = activities.stream()
                .filter(activity -> activity.number() > after)
                .toList();
        return new Snapshot(node, cacheInUse, new Totals(hits, misses, bypasses, writes, dropped, kept), last, newer);
    }

    @Override
    public void useCache(boolean on) {
        cacheInUse = on;
    }

    Execution executing(String sql, List<String> parameters) {
        return new Execution(sql, parameters);
    }

    @Nullable
    Object committing(Connection connection, Call commit) throws Throwable {
        committing.set(take(connection));
        try {
            return commit.run();
        } finally {
            committing.remove();
        }
    }

    void rolledBack(Connection connection) {
        take(connection);
    }

    private synchronized List<Execution> take(Connection connection) {
        List<Execution> taken = pending.remove(connection);
        return taken == null ? List.of() : taken;
    }

    @Override
    public void hit(dev.staleless.core.query.Query query) {
        outcome(Outcome.HIT, "");
    }

    @Override
    public void miss(dev.staleless.core.query.Query query, MissReason reason, String detail) {
        outcome(BYPASSES.contains(reason) ? Outcome.BYPASS : Outcome.MISS, Words.of(reason) + ": " + detail);
    }

    @Override
    public void passedThrough(String sql, String reason) {
        outcome(Outcome.BYPASS, reason);
    }

    private void outcome(Outcome outcome, String reason) {
        Execution execution = current.get();
        if (execution != null) {
            execution.outcome = outcome;
            execution.reason = reason;
        }
    }

    @Override
    public void kept(
            dev.staleless.core.query.Query query,
            ChangeEvent event,
            dev.staleless.core.decision.Verdict.Unaffected verdict) {
        Execution execution = current.get();
        if (execution != null) {
            execution.judged++;
        }
        verdict(query, event, false, verdict.reason());
    }

    @Override
    public void dropped(
            dev.staleless.core.query.Query query,
            ChangeEvent event,
            dev.staleless.core.decision.Verdict.Affected verdict) {
        verdict(query, event, true, verdict.reason());
    }

    private synchronized void verdict(
            dev.staleless.core.query.Query query, ChangeEvent event, boolean drop, String reason) {
        if (drop) {
            dropped++;
        } else {
            kept++;
        }
        List<String> parameters =
                query.parameters().asList().stream().map(String::valueOf).toList();
        add(new ActivityFeed.Verdict(
                ++last,
                System.currentTimeMillis(),
                Words.id(event),
                event.table().name(),
                Words.of(event),
                drop,
                query.sql(),
                parameters,
                reason));
    }

    /** Called while the statement or the commit that made the changes is under way on this thread. */
    @Override
    public void committed(Collection<ChangeEvent> events) {
        List<Execution> statements = committing.get();
        if (statements == null) {
            Execution only = current.get();
            statements = only == null ? List.of() : List.of(only);
        }
        for (ChangeEvent event : events) {
            written(event, statements);
        }
    }

    private synchronized void written(ChangeEvent event, List<Execution> statements) {
        writes++;
        String table = event.table().name();
        Execution by = statements.stream()
                .filter(statement -> statement.sql.contains(table))
                .findFirst()
                .orElse(null);
        add(new Write(
                ++last,
                System.currentTimeMillis(),
                Words.id(event),
                by == null ? "(several statements)" : by.sql,
                by == null ? List.of() : by.parameters,
                table,
                Words.of(event),
                by == null ? 0 : by.millis()));
    }

    private void add(Activity activity) {
        if (activities.size() == KEPT) {
            activities.removeFirst();
        }
        activities.addLast(activity);
    }

    /** One execution of a statement. Used by the thread that executes, and under the recorder's lock. */
    final class Execution {
        private final String sql;
        private final List<String> parameters;
        private Outcome outcome = Outcome.BYPASS;
        private String reason = "not a query that is cached";
        private int judged;
        private long nanos;
        private long rows;
        private boolean told;

        Execution(String sql, List<String> parameters) {
            this.sql = sql;
            this.parameters = parameters;
        }

        /** Runs a part of it, and listens to what the cache says meanwhile. */
        @Nullable
        Object timed(Call call) throws Throwable {
            long start = System.nanoTime();
            current.set(this);
            try {
                return cacheInUse ? call.run() : uncached(call);
            } finally {
                current.remove();
                nanos += System.nanoTime() - start;
            }
        }

        private @Nullable Object uncached(Call call) throws Throwable {
            Throwable[] thrown = new Throwable[1];
            Object result = Staleless.<@Nullable Object, RuntimeException>uncached(() -> {
                try {
                    return call.run();
                } catch (Throwable e) {
                    thrown[0] = e;
                    return null;
                }
            });
            if (thrown[0] != null) {
                throw thrown[0];
            }
            return result;
        }

        /** A row was read, or there are no more. */
        void read(boolean row) {
            if (row) {
                rows++;
            } else if (!told) {
                told = true;
                tell();
            }
        }

        private void tell() {
            if (outcome == Outcome.HIT) {
                reason = judged == 0
                        ? "nothing was written to what it reads"
                        : judged + (judged == 1 ? " change" : " changes") + " since, none can have changed it";
            }
            synchronized (ActivityRecorder.this) {
                count();
                add(new ActivityFeed.Query(
                        ++last, System.currentTimeMillis(), sql, parameters, outcome, reason, millis(), rows));
            }
        }

        private void count() {
            switch (outcome) {
                case HIT -> hits++;
                case MISS -> misses++;
                case BYPASS -> bypasses++;
            }
        }

        /** It changed something: told when its transaction commits. */
        void wrote(Connection connection) {
            synchronized (ActivityRecorder.this) {
                pending.computeIfAbsent(connection, c -> new ArrayList<>()).add(this);
            }
        }

        private double millis() {
            return nanos / 1e6;
        }
    }
}
