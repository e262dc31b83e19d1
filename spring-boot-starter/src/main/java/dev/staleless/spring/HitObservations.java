package dev.staleless.spring;

import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells a trace of each query that the cache was asked for, within whatever is observed already: a span without duration. */
final class HitObservations implements CacheListener {

    private final Supplier<ObservationRegistry> registry;

    HitObservations(Supplier<ObservationRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public void hit(Query query) {
        observe(query, "hit");
    }

    @Override
    public void miss(Query query, MissReason reason, String detail) {
        observe(query, reason.name().toLowerCase(Locale.ROOT));
    }

    private void observe(Query query, String outcome) {
        ObservationRegistry observed = registry.get();
        if (observed.getCurrentObservation() != null) {
            Observation.createNotStarted("staleless.query", observed)
                    .lowCardinalityKeyValue("outcome", outcome)
                    .highCardinalityKeyValue("sql", query.sql())
                    .start()
                    .stop();
        }
    }
}
