package dev.staleless.examples.demo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that tells an {@link ActivityRecorder} what is executed through it, how long that takes and how many rows
 * come back. What it returns behaves as what the given data source returns.
 */
final class ObservedDataSource {

    private ObservedDataSource() {}

    static DataSource of(DataSource dataSource, ActivityRecorder recorder) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            Object result = call(dataSource, method, arguments);
            return result instanceof Connection connection
                    ? proxy(Connection.class, new OfConnection(connection, recorder))
                    : result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private record OfConnection(Connection connection, ActivityRecorder recorder) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (name.equals("commit")) {
                return recorder.committing(connection, () -> call(connection, method, arguments));
            }
            if (name.equals("rollback") && arguments == null) {
                recorder.rolledBack(connection);
            }
            Object result = call(connection, method, arguments);
            if (result instanceof PreparedStatement statement) {
                return proxy(
                        PreparedStatement.class,
                        new OfStatement(statement, String.valueOf(arguments == null ? "" : arguments[0]), this));
            }
            return result instanceof Statement statement
                    ? proxy(Statement.class, new OfStatement(statement, "", this))
                    : result;
        }
    }

    private static final class OfStatement implements InvocationHandler {
        private final Statement statement;
        private final String sql;
        private final OfConnection on;
        private final TreeMap<Integer, String> parameters = new TreeMap<>();

        OfStatement(Statement statement, String sql, OfConnection on) {
            this.statement = statement;
            this.sql = sql;
            this.on = on;
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (name.startsWith("set")
                    && arguments != null
                    && arguments.length >= 2
                    && arguments[0] instanceof Integer index) {
                parameters.put(index, name.equals("setNull") ? "NULL" : shorten(String.valueOf(arguments[1])));
            }
            if (!name.startsWith("execute")) {
                return call(statement, method, arguments);
            }
            String text = sql.isEmpty() && arguments != null ? String.valueOf(arguments[0]) : sql;
            var execution = on.recorder().executing(text, List.copyOf(parameters.values()));
            Object result = execution.timed(() -> call(statement, method, arguments));
            if (result instanceof ResultSet rows) {
                return proxy(ResultSet.class, new OfRows(rows, execution));
            }
            execution.wrote(on.connection());
            return result;
        }

        private static String shorten(String value) {
            return value.length() > 60 ? value.substring(0, 57) + "..." : value;
        }
    }

    private record OfRows(ResultSet rows, ActivityRecorder.Execution execution) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("next")) {
                Object more = execution.timed(() -> call(rows, method, arguments));
                execution.read(Boolean.TRUE.equals(more));
                return more;
            }
            if (method.getName().equals("close")) {
                execution.read(false);
            }
            return call(rows, method, arguments);
        }
    }
}
