package dev.staleless.spring;

import dev.staleless.core.query.Query;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.policy.FrontListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Times what the cache and the database take to answer, from when the registry is there: data sources are made before it. */
final class AnswerTimers implements StalelessCustomizer {

    private record Timers(Timer cache, Timer database) {}

    private static final class OfDataSource implements FrontListener {
        private volatile @Nullable Timers timers;

        @Override
        public void answered(Query query, Answer by, long nanos) {
            Timers bound = timers;
            if (bound != null) {
                (by == Answer.CACHE ? bound.cache() : bound.database()).record(nanos, TimeUnit.NANOSECONDS);
            }
        }
    }

    private final Map<String, OfDataSource> all = new ConcurrentHashMap<>();

    @Override
    public void customize(String dataSource, StalelessBuilder builder) {
        OfDataSource listener = all.computeIfAbsent(dataSource, name -> new OfDataSource());
        builder.listener(listener);
    }

    void bind(String dataSource, MeterRegistry registry, Tags tags) {
        OfDataSource listener = all.get(dataSource);
        if (listener != null) {
            listener.timers = new Timers(timer(registry, tags, "cache"), timer(registry, tags, "database"));
        }
    }

    private static Timer timer(MeterRegistry registry, Tags tags, String by) {
        return Timer.builder("staleless.answers")
                .description("Queries that can be cached, and how long their answers take")
                .tags(tags.and("by", by))
                .register(registry);
    }
}
