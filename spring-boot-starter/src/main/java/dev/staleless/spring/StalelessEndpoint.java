package dev.staleless.spring;

import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.computed.ComputedStatistics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** {@code /actuator/staleless}: what each data source does, and a switch of its mode, until the next start. */
@Endpoint(id = "staleless")
public final class StalelessEndpoint {

    private final StalelessDataSources dataSources;

    StalelessEndpoint(StalelessDataSources dataSources) {
        this.dataSources = dataSources;
    }

    /** All data sources by name. */
    @ReadOperation
    public Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        dataSources.all().forEach((name, each) -> all.put(name, state(each)));
        return all;
    }

    /** One data source; null, which is 404, if there is none of this name. */
    @ReadOperation
    public @Nullable Map<String, Object> one(@Selector String name) {
        StalelessDataSource dataSource = dataSources.named(name);
        return dataSource == null ? null : state(dataSource);
    }

    /**
     * Changes the mode of a data source on this node.
     *
     * @param mode serve, report, off
     */
    @WriteOperation
    public @Nullable Map<String, Object> mode(@Selector String name, String mode) {
        StalelessDataSource dataSource = dataSources.named(name);
        if (dataSource == null) {
            return null;
        }
        dataSource.mode(Arrays.stream(Mode.values())
                .filter(each -> each.name().equalsIgnoreCase(mode))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("mode = " + mode + ": allowed are serve, report, off")));
        return state(dataSource);
    }

    private static Map<String, Object> state(StalelessDataSource dataSource) {
        var statistics = dataSource.statistics();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("mode", dataSource.mode().name().toLowerCase(Locale.ROOT));
        state.put("queries", statistics);
        ComputedStatistics computed =
                dataSource.mode() == Mode.SERVE ? dataSource.computed().statistics() : null;
        if (computed != null) {
            state.put("computed", computed);
        }
        return state;
    }
}
