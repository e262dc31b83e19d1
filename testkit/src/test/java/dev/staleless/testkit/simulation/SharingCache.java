package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.coordination.Latch;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cache whose followers take the rows that the leader has read. */
final class SharingCache implements ResultCache {

    private final ResultCache cache;
    private final SimulatedNode node;
    private final Map<EntryKey, Flight> flights = new HashMap<>();

    private static final class Flight {
        final Latch landed;
        byte @Nullable [] rows;

        Flight(Latch landed) {
            this.landed = landed;
        }
    }

    SharingCache(ResultCache cache, SimulatedNode node) {
        this.cache = cache;
        this.node = node;
    }

    @Override
    public Lookup lookup(
            Query query,
            EntryKey key,
            Duration ttl,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion) {
        Flight flight = flights.get(key);
        if (flight != null) {
            var unused = flight.landed.await(Duration.ofSeconds(1));
            if (flight.rows != null) {
                return new Lookup.Hit(flight.rows);
            }
        }
        Lookup lookup = cache.lookup(query, key, ttl, transaction, mayWait, schemaVersion);
        return lookup instanceof Lookup.Fill fill ? leading(fill, key) : lookup;
    }

    private Lookup leading(Lookup.Fill fill, EntryKey key) {
        Flight flight = new Flight(node.latch());
        flights.put(key, flight);
        return new Lookup.Fill() {
            @Override
            public MissReason reason() {
                return fill.reason();
            }

            @Override
            public String detail() {
                return fill.detail();
            }

            @Override
            public void publish(byte[] rows) {
                flight.rows = rows;
                fill.publish(rows);
            }

            @Override
            public void close() {
                flights.remove(key, flight);
                flight.landed.open();
                fill.close();
            }
        };
    }

    @Override
    public Transaction begin() {
        return cache.begin();
    }

    @Override
    public void enlist(Collection<Table> tables, Duration timeout) {
        cache.enlist(tables, timeout);
    }

    @Override
    public void close() {
        cache.close();
    }
}
