package dev.staleless.jdbc;

import dev.staleless.core.coordination.Environment;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.OutageSettings;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.policy.FrontListener;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.policy.Revalidate;
import dev.staleless.jdbc.statistics.FrontStatistics;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Everything that was set, checked. */
record Settings(
        DataSource dataSource,
        @Nullable DataSource serviceDataSource,
        StoreProvider store,
        Profiles profiles,
        Mode mode,
        Snapshot snapshot,
        double verify,
        Duration maxTtl,
        Duration flightWait,
        @Nullable Duration reclaimEvery,
        Limits limits,
        Admission admission,
        Revalidate revalidate,
        OutageSettings outage,
        WriteSettings writes,
        CoordinationSettings coordination,
        FrontStatistics statistics,
        List<CacheListener> listeners,
        List<FrontListener> frontListeners,
        Environment environment) {

    Settings {
        listeners = List.copyOf(listeners);
        frontListeners = List.copyOf(frontListeners);
    }
}
