package dev.staleless.spring;

import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Wraps the data sources of an application. A data source that leads to others by what is asked for is not wrapped itself, but those
 * that it leads to are; one that hands everything on to another keeps its place before the wrapped one. A wrapper is closed before
 * what it wraps.
 */
public final class StalelessDataSources implements DestructionAwareBeanPostProcessor {

    /** Drivers' data sources that could do both: as a wrapped {@link DataSource} they have local transactions alone. */
    private static final Set<String> LOCAL_AS_WELL =
            Set.of("org.mariadb.jdbc.MariaDbDataSource", "org.h2.jdbcx.JdbcDataSource");

    /** Pools whose connections a transaction manager commits, past them. */
    private static final List<String> TRANSACTION_MANAGERS =
            List.of("com.atomikos.jdbc.", "com.arjuna.ats.", "bitronix.tm.", "org.apache.commons.dbcp2.managed.");

    private final StalelessSettings settings;
    private final Supplier<StalelessCustomizers> customizers;
    private final Map<String, StalelessDataSource> wrapped = Collections.synchronizedMap(new LinkedHashMap<>());

    StalelessDataSources(StalelessSettings settings, Supplier<StalelessCustomizers> customizers) {
        this.settings = settings;
        this.customizers = customizers;
    }

    /** The wrapped data sources, by the names of their beans; those behind one that chooses: with a dot and what it chooses by. */
    public Map<String, StalelessDataSource> all() {
        synchronized (wrapped) {
            return Map.copyOf(wrapped);
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (settings.exclude().contains(name)) {
            return bean;
        }
        refuseDistributed(bean, name);
        return bean instanceof DataSource dataSource ? wrap(dataSource, name) : bean;
    }

    private static void refuseDistributed(Object bean, String name) {
        String type = bean.getClass().getName();
        boolean distributed = bean instanceof XADataSource && !LOCAL_AS_WELL.contains(type)
                || TRANSACTION_MANAGERS.stream().anyMatch(type::startsWith);
        if (distributed) {
            throw new StalelessSettingsException(
                    "The data source " + name
                            + " takes part in distributed transactions (XA), which Staleless does not follow.",
                    "Use a data source of local transactions, or leave it alone: staleless.exclude = " + name
                            + ". What is written through it is then not noticed.");
        }
    }

    private DataSource wrap(DataSource dataSource, String name) {
        refuseDistributed(dataSource, name);
        if (dataSource instanceof StalelessDataSource) {
            return dataSource;
        } else if (dataSource instanceof AbstractRoutingDataSource routing) {
            wrapTargets(routing, name);
            return routing;
        } else if (dataSource instanceof DelegatingDataSource delegating) {
            DataSource target = delegating.getTargetDataSource();
            if (target != null) {
                delegating.setTargetDataSource(wrap(target, name));
            }
            return delegating;
        }
        StalelessDataSource made = start(dataSource, name);
        wrapped.put(name, made);
        return made;
    }

    private void wrapTargets(AbstractRoutingDataSource routing, String name) {
        Map<Object, Object> targets = new HashMap<>();
        routing.getResolvedDataSources().forEach((key, target) -> targets.put(key, wrap(target, name + "." + key)));
        routing.setTargetDataSources(targets);
        DataSource otherwise = routing.getResolvedDefaultDataSource();
        if (otherwise != null) {
            routing.setDefaultTargetDataSource(targets.values().stream()
                    .filter(each -> leadsTo((DataSource) each, otherwise))
                    .findFirst()
                    .orElseGet(() -> wrap(otherwise, name + ".default")));
        }
        routing.afterPropertiesSet();
    }

    private static boolean leadsTo(DataSource wrapper, DataSource target) {
        try {
            return wrapper == target
                    || wrapper.isWrapperFor(target.getClass()) && wrapper.unwrap(target.getClass()) == target;
        } catch (java.sql.SQLException e) {
            return false;
        }
    }

    private StalelessDataSource start(DataSource dataSource, String name) {
        StalelessBuilder builder = Staleless.wrap(dataSource).store(settings.store());
        settings.apply(name, builder);
        customizers.get().customize(name, builder);
        return builder.build();
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof DataSource;
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
        synchronized (wrapped) {
            wrapped.entrySet().removeIf(each -> {
                boolean its = each.getKey().equals(name) || each.getKey().startsWith(name + ".");
                if (its) {
                    each.getValue().close();
                }
                return its;
            });
        }
    }

    /** The wrapped data source of a bean's name. */
    @Nullable
    StalelessDataSource named(String name) {
        return wrapped.get(name);
    }
}
