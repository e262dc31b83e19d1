package dev.staleless.jdbc.computed;

import dev.staleless.core.query.Query;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a thread takes over from another one whose work it does a part of. */
final class HandedOver {

    /** The giving thread's transactions: what they see is not asked from here, where it would come in between. */
    private static final class Changes implements OpenConnections.Member {
        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public boolean hasWritten() {
            return true;
        }

        @Override
        public boolean affects(Query query) {
            return true;
        }

        @Override
        public boolean holdsConnection() {
            return true;
        }

        @Override
        public boolean isStrict() {
            return false;
        }
    }

    private final @Nullable Recording recording;
    private final boolean changed;

    private HandedOver(@Nullable Recording recording, boolean changed) {
        this.recording = recording;
        this.changed = changed;
    }

    /** What this thread has to give. */
    static HandedOver ofThisThread() {
        return new HandedOver(Recording.current(), OpenConnections.haveWritten());
    }

    <V extends @Nullable Object> V call(Callable<V> work) throws Exception {
        Recording before = Recording.enter(recording);
        Changes changes = new Changes();
        if (changed) {
            OpenConnections.use(changes);
        }
        try {
            return work.call();
        } finally {
            if (changed) {
                OpenConnections.closed(changes);
            }
            Recording.enter(before);
        }
    }

    void run(Runnable work) {
        Recording before = Recording.enter(recording);
        Changes changes = new Changes();
        if (changed) {
            OpenConnections.use(changes);
        }
        try {
            work.run();
        } finally {
            if (changed) {
                OpenConnections.closed(changes);
            }
            Recording.enter(before);
        }
    }
}
