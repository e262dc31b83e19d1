package dev.staleless.jdbc;

import dev.staleless.core.query.Query;
import dev.staleless.jdbc.policy.FrontListener;
import java.util.List;
import java.util.function.Consumer;

/** Passes everything on to several listeners, whatever one of them throws. */
record FrontListeners(List<FrontListener> listeners) implements FrontListener {

    static FrontListener of(List<FrontListener> listeners) {
        return listeners.isEmpty() ? FrontListener.NONE : new FrontListeners(List.copyOf(listeners));
    }

    @Override
    public void passedThrough(String sql, String reason) {
        each(listener -> listener.passedThrough(sql, reason));
    }

    @Override
    public void notCaptured(String sql, String reason) {
        each(listener -> listener.notCaptured(sql, reason));
    }

    @Override
    public void answered(Query query, Answer by, long nanos) {
        each(listener -> listener.answered(query, by, nanos));
    }

    @Override
    public void compared(Query query, Comparison outcome) {
        each(listener -> listener.compared(query, outcome));
    }

    @Override
    public void reportedOnly(Query query, boolean again) {
        each(listener -> listener.reportedOnly(query, again));
    }

    @Override
    public void changedEverything(String sql, String reason) {
        each(listener -> listener.changedEverything(sql, reason));
    }

    @Override
    public void unwrapped() {
        each(FrontListener::unwrapped);
    }

    /** Tells every listener, then throws the first of what they threw, for the front to log. */
    private void each(Consumer<FrontListener> call) {
        RuntimeException first = null;
        for (FrontListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
