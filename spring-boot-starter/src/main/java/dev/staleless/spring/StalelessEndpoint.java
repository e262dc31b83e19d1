package dev.staleless.spring;

import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code /actuator/staleless}: what each data source does and has counted, and a switch of its mode and of the share of hits that are
 * compared with the database, until the next start.
 */
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
        dataSources.all().forEach((name, each) -> all.put(name, DataSourceState.of(each, DataSourceState.SHOWN)));
        return all;
    }

    /**
     * One data source.
     *
     * @param top how many statements are listed by each order; null for ten
     * @return null, which is 404, if there is none of this name
     */
    @ReadOperation
    public @Nullable Map<String, Object> one(@Selector String name, @Nullable Integer top) {
        StalelessDataSource dataSource = dataSources.named(name);
        return dataSource == null ? null : DataSourceState.of(dataSource, top == null ? DataSourceState.SHOWN : top);
    }

    /**
     * Changes what a data source does on this node.
     *
     * @param mode serve, report, off; null to leave it
     * @param verify share of hits that are compared with the database, 0 to 1; null to leave it
     */
    @WriteOperation
    public @Nullable Map<String, Object> change(@Selector String name, @Nullable String mode, @Nullable Double verify) {
        StalelessDataSource dataSource = dataSources.named(name);
        if (dataSource == null) {
            return null;
        } else if (mode == null && verify == null) {
            throw refused("nothing is said: mode = serve, report or off, verify = 0 to 1, or both");
        } else if (verify != null && !(verify >= 0 && verify <= 1)) {
            throw refused("verify = " + verify + ": allowed is a share from 0 to 1");
        }
        Mode chosen = mode == null ? dataSource.mode() : mode(mode);
        if (verify != null) {
            dataSource.verify(verify);
        }
        dataSource.mode(chosen);
        return DataSourceState.of(dataSource, DataSourceState.SHOWN);
    }

    private static Mode mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> refused("mode = " + text + ": allowed are serve, report, off"));
    }

    private static InvalidEndpointRequestException refused(String message) {
        return new InvalidEndpointRequestException(message, message);
    }
}
