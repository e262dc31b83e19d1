package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.protocol.SchemaChange;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.jdbc.admission.ShapeReport;
import dev.staleless.jdbc.admission.Shapes;
import dev.staleless.jdbc.computed.Computations;
import dev.staleless.jdbc.computed.ComputedValues;
import dev.staleless.jdbc.connection.CachingDataSource;
import dev.staleless.jdbc.explain.Explainer;
import dev.staleless.jdbc.explain.Explanation;
import dev.staleless.jdbc.framework.FrameworkHooks;
import dev.staleless.jdbc.statistics.FrontStatistics;
import dev.staleless.sql.SqlAnalyser;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A node and the data source that goes through it. */
final class WrappedDataSource implements StalelessDataSource {

    private final CachingDataSource caching;
    private final Node node;
    private final SqlAnalyser analyser;
    private final Shapes shapes;
    private final FrontStatistics statistics;
    private volatile boolean closed;
    private @Nullable ComputedValues computed;

    WrappedDataSource(
            CachingDataSource caching, Node node, SqlAnalyser analyser, Shapes shapes, FrontStatistics statistics) {
        this.caching = caching;
        this.node = node;
        this.analyser = analyser;
        this.shapes = shapes;
        this.statistics = statistics;
    }

    private DataSource open() throws SQLException {
        if (closed) {
            throw new SQLException("the data source is closed", "08003");
        }
        return caching;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return open().getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return open().getConnection(username, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return caching.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        caching.setLogWriter(out);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return caching.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        caching.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return caching.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type == FrameworkHooks.class) {
            return type.cast(node.hooks());
        }
        return type.isInstance(this) ? type.cast(this) : caching.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type == FrameworkHooks.class || type.isInstance(this) || caching.isWrapperFor(type);
    }

    @Override
    public CacheStatistics.Snapshot statistics() {
        return node.statistics();
    }

    @Override
    public FrontStatistics.Snapshot queries() {
        return statistics.snapshot();
    }

    @Override
    public Map<String, String> profiles() {
        return node.profiles().texts();
    }

    @Override
    public double verify() {
        return node.policy().verified();
    }

    @Override
    public void verify(double share) {
        node.policy().verified(StalelessBuilder.checkedShare(share));
    }

    @Override
    public synchronized ComputedValues computed() {
        ComputedValues known = computed;
        if (known == null) {
            NodeValues source = new NodeValues(node, caching, analyser);
            source.enlist();
            known = Computations.of(source);
            computed = known;
        }
        return known;
    }

    @Override
    public Mode mode() {
        return node.mode();
    }

    @Override
    public void mode(Mode value) {
        node.mode(value);
    }

    @Override
    public <E extends Exception> void migrate(ThrowingRunnable<E> work) throws E {
        SchemaChange change = node.cache().migrate();
        try {
            work.run();
        } finally {
            change.ended(true);
        }
    }

    @Override
    public Explanation explain(String sql, @Nullable Object... parameters) {
        Explanation explanation =
                Explainer.of(analyser, node.catalog().current()).explain(sql, Arrays.asList(parameters));
        ShapeReport measured = shapes.report(explanation.sql());
        return measured == null ? explanation : explanation.withAdmission(measured.toText());
    }

    @Override
    public List<ShapeReport> admission() {
        return shapes.reports();
    }

    @Override
    public void invalidate(String schema, String table) {
        node.invalidate(new TableName(schema, table), null);
    }

    @Override
    public void invalidate(String schema, String table, String where) {
        node.invalidate(new TableName(schema, table), where);
    }

    @Override
    public long reclaim() throws InterruptedException {
        return node.reclaim();
    }

    @Override
    public Set<TableName> takeOutUnused(Duration timeout) {
        return node.takeOutUnused(timeout);
    }

    @Override
    public boolean invalidateAll(Duration timeout) {
        return node.invalidateAll(timeout);
    }

    @Override
    public void close() {
        closed = true;
        node.close();
    }

    @Override
    public String toString() {
        return "StalelessDataSource[" + node.database() + "]";
    }
}
