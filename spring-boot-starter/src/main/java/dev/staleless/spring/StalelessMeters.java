package dev.staleless.spring;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.core.statistics.StoreState;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.policy.FrontListener.Comparison;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Counts by data source: hits, misses by reason, drops by the kind of change, those that were needless, what was served late where that
 * is allowed, what was kept, published, committed and compared with the database, faults, and whether the store is there.
 */
final class StalelessMeters implements MeterBinder {

    private final StalelessDataSources dataSources;
    private final AnswerTimers timers;

    StalelessMeters(StalelessDataSources dataSources, AnswerTimers timers) {
        this.dataSources = dataSources;
        this.timers = timers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        dataSources.all().forEach((name, each) -> {
            Tags tags = Tags.of("datasource", name);
            bind(registry, each, tags);
            bindReasons(registry, each, tags);
            timers.bind(name, registry, tags);
        });
    }

    private static void bind(MeterRegistry registry, StalelessDataSource dataSource, Tags tags) {
        count(registry, dataSource, "hits", tags, CacheStatistics.Snapshot::hits);
        count(registry, dataSource, "delayed", tags, CacheStatistics.Snapshot::servedStale);
        count(registry, dataSource, "kept", tags, CacheStatistics.Snapshot::kept);
        count(registry, dataSource, "published", tags, CacheStatistics.Snapshot::published);
        count(registry, dataSource, "published.bytes", tags, CacheStatistics.Snapshot::publishedBytes);
        count(registry, dataSource, "commits", tags, CacheStatistics.Snapshot::commits);
        count(registry, dataSource, "failures", tags, CacheStatistics.Snapshot::failures);
        count(registry, dataSource, "store.outages", tags, CacheStatistics.Snapshot::storeOutages);
        counter(registry, dataSource, "needless", tags, d -> d.queries().needless());
        Gauge.builder("staleless.store.up", dataSource, d -> d.statistics().store() == StoreState.AVAILABLE ? 1 : 0)
                .tags(tags)
                .register(registry);
    }

    private static void bindReasons(MeterRegistry registry, StalelessDataSource dataSource, Tags tags) {
        for (MissReason reason : MissReason.values()) {
            Tags tagged = tags.and("reason", name(reason));
            count(registry, dataSource, "misses", tagged, s -> s.misses().getOrDefault(reason, 0L));
        }
        for (ChangeEvent.Kind kind : ChangeEvent.Kind.values()) {
            Tags tagged = tags.and("reason", name(kind));
            counter(
                    registry,
                    dataSource,
                    "dropped",
                    tagged,
                    d -> d.queries().dropped().getOrDefault(kind, 0L));
        }
        for (Comparison outcome : Comparison.values()) {
            Tags tagged = tags.and("outcome", name(outcome));
            counter(
                    registry,
                    dataSource,
                    "compared",
                    tagged,
                    d -> d.queries().compared().getOrDefault(outcome, 0L));
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void count(
            MeterRegistry registry,
            StalelessDataSource dataSource,
            String name,
            Tags tags,
            ToDoubleFunction<CacheStatistics.Snapshot> value) {
        counter(registry, dataSource, name, tags, d -> value.applyAsDouble(d.statistics()));
    }

    private static void counter(
            MeterRegistry registry,
            StalelessDataSource dataSource,
            String name,
            Tags tags,
            ToDoubleFunction<StalelessDataSource> value) {
        FunctionCounter.builder("staleless." + name, dataSource, value)
                .tags(tags)
                .register(registry);
    }
}
