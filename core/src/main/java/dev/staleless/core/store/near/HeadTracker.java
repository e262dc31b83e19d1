package dev.staleless.core.store.near;

import java.util.List;

/**
 * A connection to a server that tells of each change of the logs whose heads were asked for on it, in the order in which the server
 * did things: first the answer, then the change. When it has ended, another takes its place.
 */
public interface HeadTracker extends AutoCloseable {

    /** Is told what the connection tells, on one thread at a time, in that order. Must not block. */
    interface Listener {

        /**
         * Everything that was changed before a moment has been told.
         *
         * @param connection which one; another one than before has told nothing of what was asked on that
         * @param nanos the moment by the monotonic clock of this process, before the server was asked for this proof
         * @param millis the same moment by its wall clock
         */
        void proved(Object connection, long nanos, long millis);

        /** Nothing is known any more: the connection has ended, or it is in doubt whether it tells everything. */
        void lost();
    }

    /** Begins to prove and to tell. To be called once. */
    void start(Listener listener);

    /** Asks for heads, and does not wait. Those that cannot be asked for, or are missing, are dropped, as is each that changes. */
    void track(List<TrackedHead> heads);

    @Override
    void close();
}
