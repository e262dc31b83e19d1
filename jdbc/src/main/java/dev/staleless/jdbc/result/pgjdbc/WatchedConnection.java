package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.jdbc.driver.DriverProfile.Watch;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/**
 * The driver's connection by its interfaces, for those who want its notifications or its process id, or COPY: what else can write (fast
 * path, large objects, statements) is not on the list of what is passed on without a word.
 */
final class WatchedConnection implements InvocationHandler {
    private static final Set<String> HARMLESS = Set.of(
            "getNotifications",
            "getBackendPID",
            "cancelQuery",
            "escapeIdentifier",
            "escapeLiteral",
            "getAutosave",
            "getPreferQueryMode",
            "getPrepareThreshold",
            "setPrepareThreshold",
            "getDefaultFetchSize",
            "getAdaptiveFetch",
            "getParameterStatus",
            "getParameterStatuses",
            "createArrayOf",
            "getAutoCommit",
            "getTransactionIsolation",
            "isReadOnly",
            "isClosed",
            "isWrapperFor",
            "equals",
            "hashCode",
            "toString");

    private final Object connection;
    private final Watch watch;

    private WatchedConnection(Object connection, Watch watch) {
        this.connection = connection;
        this.watch = watch;
    }

    /** Null if the type is none of the driver's interfaces, or the connection is another driver's. */
    static <T> @Nullable T of(Class<T> type, T connection, Watch watch) {
        if (!type.isInterface()
                || !PGConnection.class.isAssignableFrom(type)
                || connection.getClass() != PgConnection.class) {
            return null;
        }
        Class<?>[] interfaces = PgConnection.class.getInterfaces();
        return type.cast(Proxy.newProxyInstance(
                PgConnection.class.getClassLoader(), interfaces, new WatchedConnection(connection, watch)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("getCopyAPI")) {
            return new WatchedCopying((PgConnection) connection, watch);
        }
        if (!HARMLESS.contains(method.getName())) {
            watch.handOut();
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
