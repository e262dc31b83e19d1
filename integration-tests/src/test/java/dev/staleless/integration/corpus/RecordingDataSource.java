package dev.staleless.integration.corpus;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source that remembers the text of every statement sent through it, each once, in the order of the first time. What
 * the database does not take for a statement is forgotten again.
 */
final class RecordingDataSource implements DataSource, AutoCloseable {

    private final String url;
    private final Deque<Connection> kept = new ArrayDeque<>();
    private final Set<String> statements = new LinkedHashSet<>();

    RecordingDataSource(String url) {
        this.url = url;
    }

    /** What was sent so far. */
    Collection<String> statements() {
        return statements;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection idle = kept.poll();
        return proxy(Connection.class, idle == null ? DriverManager.getConnection(url) : idle, null);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    /** @param prepared what the target runs, null if it is told only then */
    private <T> T proxy(Class<T> type, T target, String prepared) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (method.getName().equals("close") && target instanceof Connection connection) {
                keep(connection);
                return null;
            }
            boolean named = given != null && given.length > 0 && given[0] instanceof String && sends(method.getName());
            String sql = named ? (String) given[0] : prepared;
            if (named) {
                statements.add(sql);
            }
            try {
                Object result = method.invoke(target, given);
                if (result instanceof CallableStatement) {
                    return result;
                }
                if (result instanceof PreparedStatement statement) {
                    return proxy(PreparedStatement.class, statement, sql);
                }
                return method.getName().equals("createStatement")
                        ? proxy(Statement.class, (Statement) result, null)
                        : result;
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof SQLException refused && isNoStatement(refused)) {
                    statements.remove(sql);
                }
                throw e.getCause();
            }
        }));
    }

    /** Undone, and ready for the next one who asks. */
    private void keep(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        if (!kept.contains(connection)) {
            kept.push(connection);
        }
    }

    /** Class 42, syntax error or access rule violation: types that do not meet, for the most part. */
    private static boolean isNoStatement(SQLException refused) {
        return String.valueOf(refused.getSQLState()).startsWith("42");
    }

    private static boolean sends(String method) {
        return method.startsWith("prepare") || method.startsWith("execute") || method.equals("addBatch");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("Not a wrapper.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : kept) {
            connection.close();
        }
    }
}
