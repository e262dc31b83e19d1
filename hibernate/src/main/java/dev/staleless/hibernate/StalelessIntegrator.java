package dev.staleless.hibernate;

import dev.staleless.jdbc.framework.FrameworkHooks;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the wrapped data source what is to be cached of a session factory's entities, and listens to what becomes of its queries. Found
 * by Hibernate itself. When the factory is complete, its tables are there if it makes them.
 */
public final class StalelessIntegrator implements Integrator {

    private static final Logger LOG = LoggerFactory.getLogger(StalelessIntegrator.class);

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
        factory.addObserver(new SessionFactoryObserver() {
            @Override
            public void sessionFactoryCreated(SessionFactory created) {
                complete(metadata, factory);
            }
        });
    }

    private static void complete(Metadata metadata, SessionFactoryImplementor factory) {
        WrappedSource.Found found = WrappedSource.find(factory.getServiceRegistry());
        FrameworkHooks hooks = found.hooks();
        if (hooks == null) {
            LOG.info("The session factory {} is left alone: {}", name(factory), found.reason());
            return;
        }
        Map<String, Object> settings = factory.getProperties();
        EntityTables tables = EntityTables.of(metadata, factory.getSqlStringGenerationContext(), hooks);
        EntityProfiles profiles = EntityProfiles.of(settings, hooks.entityProfiles());
        hooks.profiles(profiles.of(tables));
        if (HibernateSettings.STATISTICS.of(settings)) {
            QueryCounter counter = new QueryCounter(tables);
            hooks.listen(counter);
            CounterRegistry.put(factory.getUuid(), counter, () -> hooks.unlisten(counter));
        }
        LOG.info(
                "The session factory {} has {} entities with results to be cached",
                name(factory),
                profiles.count(tables));
    }

    private static String name(SessionFactoryImplementor factory) {
        String name = factory.getName();
        return name == null ? factory.getUuid() : name;
    }

    @Override
    public void disintegrate(SessionFactoryImplementor factory, SessionFactoryServiceRegistry services) {
        CounterRegistry.remove(factory.getUuid());
    }
}
