package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.Parameters;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.sql.ChangeTemplate;
import dev.staleless.sql.OwnRows;
import dev.staleless.sql.RowImages;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a statement has returned by itself of the rows that it changed: its own result, or generated keys. The application
 * reads them afterwards as if nobody had; nothing is sent.
 */
final class OwnResults {
    private static final Limits LIMITS = new Limits(RowImages.MAX_ROWS, 1 << 18);

    private OwnResults() {}

    /**
     * The rows that a statement has returned, which has just been executed.
     *
     * @param keys whether it was asked for generated keys
     * @return null if they do not tell which rows were changed
     */
    static @Nullable List<ChangeEvent> events(
            Statement executed, boolean keys, ChangeTemplate template, Parameters parameters, DriverProfile driver)
            throws SQLException {
        ResultSet own = executed.getResultSet();
        if (own == null && !keys || executed.getMaxRows() != 0 || executed.getMaxFieldSize() != 0) {
            return null;
        }
        ResultSet result = own == null ? executed.getGeneratedKeys() : own;
        OwnRows rows = template.ownRows(labels(result));
        boolean anew = own == null && driver.makesKeysAnew();
        List<List<@Nullable Object>> values = rows == null ? null : values(rows, result, anew, driver);
        if (rows == null || values == null || own == null && values.size() != executed.getUpdateCount()) {
            return null; // of some changes a database returns no keys
        }
        if (values.isEmpty() && !template.isNothingWithoutRows()) {
            return null;
        }
        return rows.events(parameters, values);
    }

    /**
     * The keys that a batch has returned, which has just been executed.
     *
     * @param counts how many rows each of its statements has changed
     * @return null if they do not tell which rows were changed
     */
    static @Nullable List<ChangeEvent> events(
            Statement executed, List<BatchExecution.Entry> entries, long[] counts, DriverProfile driver)
            throws SQLException {
        ResultSet result = executed.getGeneratedKeys();
        List<String> labels = labels(result);
        OwnRows rows = entries.get(0).template().ownRows(labels);
        List<List<@Nullable Object>> values =
                rows == null ? null : values(rows, result, driver.makesKeysAnew(), driver);
        if (rows == null || values == null || counts.length != entries.size()) {
            return null;
        }
        List<List<List<@Nullable Object>>> shared = BatchExecution.shared(values, counts);
        List<ChangeEvent> events = new ArrayList<>();
        for (int i = 0; shared != null && i < counts.length; i++) {
            BatchExecution.Entry entry = entries.get(i);
            if (!entry.template().isNothingWithoutRows() && counts[i] == 0) {
                return null;
            }
            events.addAll(rows.events(entry.parameters(), shared.get(i)));
        }
        return shared == null ? null : events;
    }

    private static List<String> labels(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            labels.add(columns.getColumnLabel(i));
        }
        return labels;
    }

    /**
     * The values of the cells.
     *
     * @param anew whether the result is nobody else's, and may be read to its end
     * @return null if they cannot be had
     */
    private static @Nullable List<List<@Nullable Object>> values(
            OwnRows rows, ResultSet result, boolean anew, DriverProfile driver) throws SQLException {
        if (rows.cells().isEmpty()) {
            return null;
        } else if (anew) {
            return read(rows, result);
        }
        CachedRows captured = driver.capture(result, LIMITS, false) instanceof Capture.Captured of
                ? driver.cachedRows(of.rows())
                : null;
        return captured == null ? null : cells(rows, captured);
    }

    private static @Nullable List<List<@Nullable Object>> read(OwnRows rows, ResultSet result) throws SQLException {
        List<List<@Nullable Object>> read = new ArrayList<>();
        while (result.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (RowImages.Cell cell : rows.cells()) {
                row.add(ImageReader.value(result, cell.index(), cell.type().kind()));
            }
            read.add(row);
            if (read.size() > RowImages.MAX_ROWS) {
                return null;
            }
        }
        return read;
    }

    private static List<List<@Nullable Object>> cells(OwnRows rows, CachedRows values) {
        List<List<@Nullable Object>> read = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (RowImages.Cell cell : rows.cells()) {
                row.add(values.value(i, cell.index() - 1));
            }
            read.add(row);
        }
        return read;
    }
}
