package dev.staleless.hibernate;

import dev.staleless.jdbc.framework.FrameworkHooks;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.service.Service;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.service.spi.Wrapped;
import org.jspecify.annotations.Nullable;

/** Finds the wrapped data source that a session factory gets its connections from. */
final class WrappedSource {

    private WrappedSource() {}

    /**
     * What the data source may be told.
     *
     * @param hooks null if there is no wrapped data source
     * @param reason why there is none
     */
    record Found(@Nullable FrameworkHooks hooks, String reason) {

        private static Found none(String reason) {
            return new Found(null, reason);
        }
    }

    static Found find(ServiceRegistry services) {
        Found found = of(provider(services, ConnectionProvider.class));
        if (found.hooks() != null) {
            return found;
        }
        Found ofTenants = of(provider(services, MultiTenantConnectionProvider.class));
        return ofTenants.hooks() != null ? ofTenants : found;
    }

    /** Which of the two a registry has depends on the settings; asked for the other one it may say so by an exception. */
    private static @Nullable Wrapped provider(ServiceRegistry services, Class<? extends Service> role) {
        try {
            return services.getService(role) instanceof Wrapped wrapped ? wrapped : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Found of(@Nullable Wrapped provider) {
        if (provider == null) {
            return Found.none("it has no provider of connections");
        }
        if (!provider.isUnwrappableAs(DataSource.class)) {
            return Found.none(
                    "its connections come from " + provider.getClass().getName() + " and not from a data source");
        }
        try {
            DataSource dataSource = provider.unwrap(DataSource.class);
            FrameworkHooks hooks = dataSource == null ? null : FrameworkHooks.of(dataSource);
            return hooks != null
                    ? new Found(hooks, "")
                    : Found.none("its data source is not wrapped by Staleless: " + dataSource);
        } catch (SQLException | RuntimeException e) {
            return Found.none("its data source does not tell whether it is wrapped: " + e.getMessage());
        }
    }
}
