package dev.staleless.spring;

import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.core.statistics.StoreState;
import dev.staleless.jdbc.StalelessDataSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Counts by data source: hits, misses by reason, drops, what was kept, published and committed, faults, and whether the store is there. */
final class StalelessMeters implements MeterBinder {

    private final StalelessDataSources dataSources;

    StalelessMeters(StalelessDataSources dataSources) {
        this.dataSources = dataSources;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        dataSources.all().forEach((name, each) -> bind(registry, each, Tags.of("datasource", name)));
    }

    private static void bind(MeterRegistry registry, StalelessDataSource dataSource, Tags tags) {
        count(registry, dataSource, "hits", tags, CacheStatistics.Snapshot::hits);
        for (MissReason reason : MissReason.values()) {
            Tags tagged = tags.and("reason", reason.name().toLowerCase(Locale.ROOT));
            count(registry, dataSource, "misses", tagged, s -> s.misses().getOrDefault(reason, 0L));
        }
        count(registry, dataSource, "dropped", tags, CacheStatistics.Snapshot::dropped);
        count(registry, dataSource, "kept", tags, CacheStatistics.Snapshot::kept);
        count(registry, dataSource, "published", tags, CacheStatistics.Snapshot::published);
        count(registry, dataSource, "published.bytes", tags, CacheStatistics.Snapshot::publishedBytes);
        count(registry, dataSource, "commits", tags, CacheStatistics.Snapshot::commits);
        count(registry, dataSource, "failures", tags, CacheStatistics.Snapshot::failures);
        count(registry, dataSource, "store.outages", tags, CacheStatistics.Snapshot::storeOutages);
        Gauge.builder("staleless.store.up", dataSource, d -> d.statistics().store() == StoreState.AVAILABLE ? 1 : 0)
                .tags(tags)
                .register(registry);
    }

    private static void count(
            MeterRegistry registry,
            StalelessDataSource dataSource,
            String name,
            Tags tags,
            ToDoubleFunction<CacheStatistics.Snapshot> value) {
        FunctionCounter.builder("staleless." + name, dataSource, d -> value.applyAsDouble(d.statistics()))
                .tags(tags)
                .register(registry);
    }
}
