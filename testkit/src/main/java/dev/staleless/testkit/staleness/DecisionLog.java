package dev.staleless.testkit.staleness;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Remembers the last verdicts, so that a stale read can be explained. Safe for any thread. */
public final class DecisionLog implements CacheListener {

    private static final int KEPT = 4000;

    private final Deque<Line> lines = new ArrayDeque<>();

    private record Line(String sql, String parameters, String text) {}

    @Override
    public void kept(Query query, ChangeEvent event, Verdict.Unaffected verdict) {
        add(query, "kept: " + verdict.reason() + " <- " + event);
    }

    @Override
    public void dropped(Query query, ChangeEvent event, Verdict.Affected verdict) {
        add(query, "dropped: " + verdict.reason() + " <- " + event);
    }

    @Override
    public void hit(Query query) {
        add(query, "hit");
    }

    @Override
    public void published(Query query, int bytes) {
        add(query, "published");
    }

    private synchronized void add(Query query, String text) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(new Line(query.sql(), query.parameters().toString(), text));
    }

    /** The last verdicts on a query of this text, oldest first. */
    synchronized List<String> of(String sql) {
        String wanted = squeeze(sql);
        List<String> found = new ArrayList<>();
        for (Line line : lines) {
            if (squeeze(line.sql()).equals(wanted)) {
                found.add(line.parameters() + " " + line.text());
            }
        }
        return found.subList(Math.max(0, found.size() - 25), found.size());
    }

    private static String squeeze(String sql) {
        return sql.replaceAll("\\s+", "");
    }
}
