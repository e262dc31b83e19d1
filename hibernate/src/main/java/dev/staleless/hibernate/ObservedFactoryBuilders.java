package dev.staleless.hibernate;

import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.boot.SessionFactoryBuilder;
import org.hibernate.boot.spi.MetadataImplementor;
import org.hibernate.boot.spi.SessionFactoryBuilderFactory;
import org.hibernate.boot.spi.SessionFactoryBuilderImplementor;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.service.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Lets the queries of a session factory over a wrapped data source be observed: their hints, which Hibernate would ignore, and their
 * texts. Found by Hibernate itself; where there is no wrapped data source, or hints are switched off, everything is as without it.
 */
public final class ObservedFactoryBuilders implements SessionFactoryBuilderFactory {

    @Override
    @SuppressWarnings("NullAway") // null is how Hibernate wants to be told to go on without
    public @Nullable SessionFactoryBuilder getSessionFactoryBuilder(
            MetadataImplementor metadata, SessionFactoryBuilderImplementor defaultBuilder) {
        ServiceRegistry services = metadata.getMetadataBuildingOptions().getServiceRegistry();
        ConfigurationService configuration = services.getService(ConfigurationService.class);
        Map<?, ?> settings = configuration == null ? Map.of() : configuration.getSettings();
        if (!HibernateSettings.HINTS.of(settings)
                || WrappedSource.find(services).hooks() == null) {
            return null;
        }
        Observation observation = new Observation(NamedQueryHints.of(metadata));
        return Observed.as(SessionFactoryBuilder.class, new Observed<>(defaultBuilder, observation) {
            @Override
            Object weave(Object result) {
                return result instanceof SessionFactory factory ? observation.factory(factory) : super.weave(result);
            }
        });
    }
}
