package dev.staleless.spring;

import dev.staleless.core.statistics.StoreState;
import java.util.Locale;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up as long as the wrapped data sources work, which they do without the store too: that it is away is told as a detail, so that nobody
 * takes an application out of service which only lost its cache.
 */
final class StalelessHealth extends AbstractHealthIndicator {

    private final StalelessDataSources dataSources;

    StalelessHealth(StalelessDataSources dataSources) {
        this.dataSources = dataSources;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        dataSources.all().forEach((name, each) -> {
            StoreState state = each.statistics().store();
            builder.withDetail(
                    name,
                    each.mode().name().toLowerCase(Locale.ROOT) + ", store "
                            + state.name().toLowerCase(Locale.ROOT));
        });
    }
}
