package dev.staleless.jdbc;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.jdbc.computed.ValueSource;
import dev.staleless.jdbc.connection.CachingDataSource;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.SqlAnalyser;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node's computed values are made with. */
final class NodeValues implements ValueSource {

    /** How long to wait until the other nodes know that values are kept; they go on by themselves after that. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Node node;
    private final CachingDataSource dataSource;
    private final SqlAnalyser analyser;

    NodeValues(Node node, CachingDataSource dataSource, SqlAnalyser analyser) {
        this.node = node;
        this.dataSource = dataSource;
        this.analyser = analyser;
    }

    /** Makes the keys' table cacheable. */
    void enlist() {
        if (serves()) {
            node.cache().enlist(List.of(KEYS), TIMEOUT);
        }
    }

    @Override
    public String database() {
        return node.database().toString();
    }

    @Override
    public ValueCache values() {
        return node.cache().values();
    }

    @Override
    public boolean serves() {
        return node.policy().serves();
    }

    @Override
    public @Nullable SessionState usualSession() throws SQLException {
        return dataSource.usualSession();
    }

    @Override
    public long schemaVersion() {
        return node.catalog().schemaVersion();
    }

    @Override
    public Analysis analyse(String sql, List<String> searchPath) {
        return analyser.analyse(sql, node.catalog().current(searchPath));
    }

    @Override
    public @Nullable TableName table(String name) {
        int dot = name.lastIndexOf('.');
        Table table = dot < 0
                ? null
                : node.catalog().current().table(new TableName(name.substring(0, dot), name.substring(dot + 1)));
        return table != null && Enlistment.isCacheable(table) ? table.name() : null;
    }

    @Override
    public void asked(Collection<TableName> tables) {
        if (tables.contains(KEYS.name())) {
            node.enlistment().asked(KEYS);
        } else {
            node.enlistment().asked(tables);
        }
    }

    @Override
    public void changed(List<ChangeEvent> events) {
        node.invalidate(events);
    }
}
