package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A fill that may publish: the heads were read, then nothing in flight affected the query, and the database is asked after
 * that.
 *
 * <p>It goes on outside of its lookup's turn, so a slow query holds nobody up. Whatever is agreed on in the meantime, the
 * entry it publishes says what it rests on: its epoch and its tables' generations, which any later reading that disagrees
 * refuses; its offsets, past which every event is judged by whoever reads it. That the in-flight registry was complete when
 * it was asked does not become untrue later.
 */
final class EntryFill implements Lookup.Fill {

    /** What the lookup found out. */
    record Basis(
            Query query,
            EntryKey key,
            Duration ttl,
            @Nullable ProtocolTransaction transaction,
            Reading reading,
            List<Partition> partitions,
            List<Offset> heads) {}

    /** Is told of the entry that a fill has published. */
    interface Published {
        void entry(UUID id);
    }

    /** Tells whether a doubtful entry is right, when the doubts are settled. */
    interface Confirmation {
        boolean isRight(EntryCheck.Doubtful doubtful);
    }

    private final Basis basis;
    private final EntryCheck.Missed missed;
    private final Store store;
    private final UUID id;
    private final Listeners listeners;
    private final Flights.Flight flight;
    private final Published listener;
    private final Confirmation confirmation;

    /** The miss is told when it is sure that it is one. */
    private boolean told;

    private final AtomicBoolean ended = new AtomicBoolean();

    EntryFill(
            Basis basis,
            EntryCheck.Missed missed,
            Store store,
            UUID id,
            Listeners listeners,
            Flights.Flight flight,
            Published listener,
            Confirmation confirmation) {
        this.basis = basis;
        this.missed = missed;
        this.store = store;
        this.id = id;
        this.listeners = listeners;
        this.flight = flight;
        this.listener = listener;
        this.confirmation = confirmation;
        this.told = missed.doubtful() == null;
    }

    @Override
    public MissReason reason() {
        return missed.reason();
    }

    @Override
    public String detail() {
        return missed.detail();
    }

    @Override
    public @Nullable Doubtful doubtful() {
        EntryCheck.Doubtful doubtful = missed.doubtful();
        return doubtful == null ? null : new Doubtful(doubtful.entry().rows(), doubtful.doubts());
    }

    @Override
    public boolean confirm() {
        EntryCheck.Doubtful doubtful = missed.doubtful();
        if (doubtful == null || told || ended.get()) {
            return false;
        }
        try {
            boolean changed = basis.transaction() != null && basis.transaction().affects(basis.query());
            if (changed || !confirmation.isRight(doubtful)) {
                return false;
            }
        } catch (RuntimeException e) {
            listeners.failed("A result could not be revalidated", e);
            return false;
        }
        told = true;
        listeners.hit(basis.query());
        listeners.revalidated(basis.query());
        publish(doubtful.entry().rows());
        return true;
    }

    /** Tells once that the database answers the query. */
    private void tellMiss() {
        if (!told) {
            told = true;
            if (missed.event() != null && missed.verdict() != null) {
                listeners.dropped(basis.query(), missed.event(), missed.verdict());
            }
            listeners.miss(basis.query(), missed.reason(), missed.detail());
        }
    }

    @Override
    public void publish(byte[] rows) {
        tellMiss();
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        CompletionStage<Void> done;
        try {
            // the same connection may have changed something between the lookup and the last row
            if (basis.transaction() != null && basis.transaction().affects(basis.query())) {
                flight.land(false);
                return;
            }
            done = store.publish(basis.key(), entry(rows), basis.ttl());
        } catch (RuntimeException e) {
            published(rows, e);
            return;
        }
        var unused = done.whenComplete((nothing, failure) -> published(rows, failure));
    }

    private void published(byte[] rows, @Nullable Throwable failure) {
        if (failure == null) {
            listener.entry(id);
        }
        flight.land(failure == null);
        if (failure == null) {
            listeners.published(basis.query(), rows.length);
            if (isAsBefore(rows)) {
                listeners.needless(basis.query());
            }
        } else {
            listeners.failed("A result could not be published", failure);
        }
    }

    private boolean isAsBefore(byte[] rows) {
        Entry previous = missed.previous();
        return missed.reason() == MissReason.CHANGED && previous != null && Arrays.equals(previous.rows(), rows);
    }

    private Entry entry(byte[] rows) {
        Map<TableName, Long> generations = new HashMap<>();
        for (TableName table : basis.query().template().tables()) {
            var listed = basis.reading().inForce(table);
            if (listed == null) {
                throw new IllegalStateException(table + " was in force when the fill began");
            }
            generations.put(table, listed.generation());
        }
        Map<Partition, Offset> offsets = new HashMap<>();
        for (int i = 0; i < basis.partitions().size(); i++) {
            offsets.put(basis.partitions().get(i), basis.heads().get(i));
        }
        return new Entry(id, basis.key().identity(), basis.reading().epoch(), generations, offsets, rows);
    }

    @Override
    public void close() {
        tellMiss();
        if (ended.compareAndSet(false, true)) {
            flight.land(false);
        }
    }
}
