package dev.staleless.jdbc.computed;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.value.ColumnType;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.sql.Analysis;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What computed values need of the node that keeps them. Safe for any thread. */
public interface ValueSource {

    /**
     * A table that no database has. A row stands for each computed value: its key is a number, that of its function another. To
     * remove a value is to change its row, and each value depends on its own.
     */
    Table KEYS = new Table(
            new TableName("staleless computed", "value"),
            List.of(column("function"), column("key")),
            List.of("key"),
            List.of("key"),
            List.of(),
            Set.of());

    private static Column column(String name) {
        ColumnType type = new ColumnType(ColumnType.Kind.INTEGER, -1, 0, ColumnType.Equality.EXACT);
        return new Column(name, type, false, false, false);
    }

    /** Id of the database. */
    String database();

    ValueCache values();

    /** Whether values are served and kept on this thread now. */
    boolean serves();

    /** See {@link dev.staleless.jdbc.connection.CachingDataSource#usualSession}. */
    @Nullable
    SessionState usualSession() throws SQLException;

    /** The version of the schema after which the catalog was read that {@link #analyse} goes by, or an older one. */
    long schemaVersion();

    /** What a statement is, its names looked for in these schemas. */
    Analysis analyse(String sql, List<String> searchPath);

    /** The table of this name, {@code schema.table}; null if there is none that can be cached. */
    @Nullable
    TableName table(String name);

    /** Hears of tables that values depend on, which may not be cacheable yet. */
    void asked(Collection<TableName> tables);

    /**
     * Reports a change that is committed.
     *
     * @throws dev.staleless.core.protocol.ReportException if that is not possible
     */
    void changed(List<ChangeEvent> events);
}
