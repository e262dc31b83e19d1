package dev.staleless.spring;

import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.computed.ComputationGuard;
import dev.staleless.jdbc.computed.ComputedValues;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ReflectionUtils;

/**
 * The data source that cacheable methods ask: the one that is named, else the primary one. Where that chooses another by the caller, as
 * for tenants, the values of each are its own.
 */
final class CacheDataSource implements Supplier<ComputedValues> {

    private static final @Nullable Method CHOOSE =
            ReflectionUtils.findMethod(AbstractRoutingDataSource.class, "determineTargetDataSource");

    private final BeanFactory beans;
    private final StalelessSettings settings;
    private final List<ComputationGuard> guards;
    private final Map<StalelessDataSource, ComputedValues> known = new ConcurrentHashMap<>();

    CacheDataSource(BeanFactory beans, StalelessSettings settings, List<ComputationGuard> guards) {
        this.beans = beans;
        this.settings = settings;
        this.guards = List.copyOf(guards);
    }

    @Override
    public ComputedValues get() {
        String name = settings.cacheDataSource();
        DataSource dataSource = name == null ? beans.getBean(DataSource.class) : beans.getBean(name, DataSource.class);
        return known.computeIfAbsent(wrapped(dataSource), this::guarded);
    }

    private ComputedValues guarded(StalelessDataSource dataSource) {
        ComputedValues values = dataSource.computed();
        guards.forEach(values::guard);
        return values;
    }

    private static StalelessDataSource wrapped(DataSource dataSource) {
        if (dataSource instanceof AbstractRoutingDataSource && CHOOSE != null) {
            ReflectionUtils.makeAccessible(CHOOSE);
            Object chosen = ReflectionUtils.invokeMethod(CHOOSE, dataSource);
            if (chosen instanceof DataSource target) {
                return wrapped(target);
            }
        }
        try {
            return dataSource.unwrap(StalelessDataSource.class);
        } catch (SQLException e) {
            throw new StalelessSettingsException(
                    "Cacheable methods ask a data source that is not wrapped: " + dataSource,
                    "Name another one in staleless.cache.datasource, or do without: staleless.cache.enabled = false.");
        }
    }
}
