package dev.staleless.benchmarks.planted;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Reclaim;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** A store that passes every call on to another, with an interlude at each {@link Moment}. Breaks no rule. */
class ForwardingStore implements Store {

    final Store store;
    final Interlude interlude;

    ForwardingStore(Store store, Interlude interlude) {
        this.store = store;
        this.interlude = interlude;
    }

    @Override
    public Snapshot read(EntryKey key, List<Partition> partitions) {
        return store.read(key, partitions);
    }

    @Override
    public List<Log> logs(List<Partition> partitions) {
        return store.logs(partitions);
    }

    @Override
    public List<Offset> open(List<Partition> partitions) {
        List<Offset> heads = store.open(partitions);
        interlude.at(Moment.HEADS_READ);
        return heads;
    }

    @Override
    public List<Offset> observe(List<Partition> partitions) {
        return store.observe(partitions);
    }

    @Override
    public List<Registry> registries(List<TableName> tables) {
        return store.registries(tables);
    }

    @Override
    public UUID createRegistry(TableName table) {
        return store.createRegistry(table);
    }

    @Override
    public void confirmRegistry(TableName table, UUID creation, long version) {
        store.confirmRegistry(table, creation, version);
    }

    @Override
    public void report(Collection<Mark> marks, Collection<Append> appends) {
        store.report(marks, List.of());
        interlude.at(Moment.HALF_REPORTED);
        store.report(List.of(), appends);
        interlude.at(Moment.REPORTED);
    }

    @Override
    public CompletionStage<Void> resolve(Collection<Mark> marks) {
        return store.resolve(marks);
    }

    @Override
    public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
        interlude.at(Moment.ROWS_READ);
        return store.publish(key, entry, ttl);
    }

    @Override
    public CompletionStage<Void> replace(EntryKey key, Entry entry) {
        return store.replace(key, entry);
    }

    @Override
    public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
        Claim claim = store.claim(key, holder, time, partitions);
        interlude.at(Moment.HEADS_READ);
        return claim;
    }

    @Override
    public CompletionStage<Void> release(EntryKey key) {
        return store.release(key);
    }

    @Override
    public void outdated(EntryKey key, Entry entry) {
        store.outdated(key, entry);
    }

    @Override
    public Reclaim reclaim(Reclaim.Living living) {
        return store.reclaim(living);
    }

    @Override
    public boolean shared() {
        return store.shared();
    }

    @Override
    public void close() {
        store.close();
    }
}
