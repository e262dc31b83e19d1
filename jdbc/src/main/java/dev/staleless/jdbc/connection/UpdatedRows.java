package dev.staleless.jdbc.connection;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.sql.Analysis;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes of rows through an updatable result set. The driver makes a statement of its own of each; what it changes is at most what
 * a statement does that changes any row of the query's table.
 */
final class UpdatedRows {
    private UpdatedRows() {}

    static void insert(ResultSet rows, CachingStatement statement) throws SQLException {
        run(rows, statement, table -> "INSERT INTO " + name(table) + " SELECT * FROM " + name(table), () -> {
            rows.insertRow();
            return true;
        });
    }

    static void update(ResultSet rows, CachingStatement statement) throws SQLException {
        run(rows, statement, UpdatedRows::updateOf, () -> {
            rows.updateRow();
            return true;
        });
    }

    static void delete(ResultSet rows, CachingStatement statement) throws SQLException {
        run(rows, statement, table -> "DELETE FROM " + name(table), () -> {
            rows.deleteRow();
            return true;
        });
    }

    /** A statement that stores something that is not known in each column that can be written. */
    private static String updateOf(Table table) {
        return "UPDATE " + name(table) + " SET "
                + table.columns().stream()
                        .filter(column -> !column.computed())
                        .map(Column::name)
                        .map(UpdatedRows::quoted)
                        .map(column -> column + " = (SELECT " + column + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String name(Table table) {
        return quoted(table.name().schema()) + "." + quoted(table.name().name());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A statement of SQL for a change of a table. */
    private interface Form {
        String of(Table table);
    }

    private static void run(ResultSet rows, CachingStatement statement, Form form, Work<Boolean> work)
            throws SQLException {
        LogicalConnection connection = statement.connection;
        if (rows.getConcurrency() != ResultSet.CONCUR_UPDATABLE) {
            var refused = work.run(); // by the driver
            return;
        }
        Table table = table(connection, statement.executed());
        Analysis analysis = table == null ? unknown() : Analyses.of(connection, form.of(table));
        String sql = "a row of an updatable result set";
        Writes.record(connection.front(), sql, analysis);
        var changed = Writes.run(connection, sql, analysis, new BoundValues(), work);
    }

    /** The only table of the query; null if it is not known. */
    private static @Nullable Table table(LogicalConnection connection, @Nullable Analysis query) {
        if (!(query instanceof Analysis.Read read)) {
            return null;
        }
        Set<TableName> tables = read.template().tables();
        return tables.size() == 1
                ? connection
                        .front()
                        .wiring
                        .catalogs()
                        .current()
                        .table(tables.iterator().next())
                : null;
    }

    private static Analysis unknown() {
        return new Analysis.Everything(
                dev.staleless.sql.NormalizedSql.of(""),
                Analysis.Cause.SIDE_EFFECTS,
                "the table of an updatable result set is not known");
    }
}
