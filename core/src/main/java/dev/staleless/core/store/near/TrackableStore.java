package dev.staleless.core.store.near;

import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.List;

/** A shared store whose server tells of the changes of its logs. */
public interface TrackableStore extends Store {

    /**
     * A snapshot, and what remains of the entry's time to live.
     *
     * @param remaining zero if there is no entry, or that is not known
     */
    record Timed(Snapshot snapshot, Duration remaining) {}

    /** As {@link #read}, in one round trip too. */
    Timed readTimed(EntryKey key, List<Partition> partitions);

    /**
     * A tracker of this store's logs, which does nothing before it is started. Closed by whoever asked for it, before the store.
     *
     * @param interval how often everything is proved to have been told
     */
    HeadTracker tracker(Duration interval);
}
