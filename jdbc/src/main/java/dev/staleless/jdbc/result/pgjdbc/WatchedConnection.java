package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.jdbc.driver.DriverProfile.BeforeHandOut;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/**
 * The driver's connection by its interfaces, for those who want its notifications or its process id: what can write (COPY, fast
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
    private final BeforeHandOut before;

    private WatchedConnection(Object connection, BeforeHandOut before) {
        this.connection = connection;
        this.before = before;
    }

    /** Null if the type is none of the driver's interfaces, or the connection is another driver's. */
    static <T> @Nullable T of(Class<T> type, T connection, BeforeHandOut before) {
        if (!type.isInterface()
                || !PGConnection.class.isAssignableFrom(type)
                || connection.getClass() != PgConnection.class) {
            return null;
        }
        Class<?>[] interfaces = PgConnection.class.getInterfaces();
        return type.cast(Proxy.newProxyInstance(
                PgConnection.class.getClassLoader(), interfaces, new WatchedConnection(connection, before)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (!HARMLESS.contains(method.getName())) {
            before.run();
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
