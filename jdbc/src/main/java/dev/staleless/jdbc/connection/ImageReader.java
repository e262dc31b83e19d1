package dev.staleless.jdbc.connection;

import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.RowImages;
import dev.staleless.sql.RowImages.Cell;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the images of rows in canonical form. What has none (infinity, not a number) is opaque. */
final class ImageReader {
    private static final int COUNT = 1;
    private static final int SOURCE = 2;
    private static final int SNAPSHOT = 3;

    private ImageReader() {}

    /**
     * What was returned.
     *
     * @param count number of rows that the statement changed
     * @param undisturbed whether no other transaction has ended while it was executed, as far as that was asked for
     */
    record Images(long count, List<RowImages.Returned> rows, boolean undisturbed) {}

    /** Reads all that a statement returned which was executed as the query for images. */
    static Images read(Statement executed, RowImages images) throws SQLException {
        long count = 0;
        String snapshot = null;
        List<RowImages.Returned> rows = new ArrayList<>();
        try (ResultSet row = executed.getResultSet()) {
            while (row.next()) {
                RowImages.Returned returned = row(row, images);
                count = Math.max(count, returned.count());
                snapshot = images.cascades() && snapshot == null ? row.getString(SNAPSHOT) : snapshot;
                rows.add(returned);
            }
        }
        boolean undisturbed = images.cascades() && executed.getMoreResults() && isOnly(snapshot, executed);
        return new Images(count, rows, undisturbed);
    }

    private static boolean isOnly(@Nullable String expected, Statement executed) throws SQLException {
        try (ResultSet row = executed.getResultSet()) {
            return row.next() && row.getString(1).equals(expected);
        }
    }

    private static RowImages.Returned row(ResultSet row, RowImages images) throws SQLException {
        int source = images.cascades() ? row.getInt(SOURCE) : 0;
        List<Cell> cells = images.cells(source);
        List<@Nullable Object> values = new ArrayList<>(cells.size());
        for (Cell cell : cells) {
            values.add(
                    switch (cell.part()) {
                        case OLD, NEW -> value(row, cell.index(), cell.type().kind());
                        default -> row.getBoolean(cell.index());
                    });
        }
        return new RowImages.Returned(source, row.getLong(COUNT), values);
    }

    /** A value of a column of this kind. */
    static @Nullable Object value(ResultSet row, int index, ColumnType.Kind kind) throws SQLException {
        return switch (kind) {
            case BOOLEAN -> orNull(row, row.getBoolean(index));
            case INTEGER -> orNull(row, row.getLong(index));
            case DECIMAL -> decimal(row.getString(index));
            case TEXT, FIXED_TEXT, FOLDED_TEXT -> row.getString(index);
            case UUID -> row.getObject(index, UUID.class);
            case DATE -> finite(row.getObject(index, LocalDate.class), LocalDate.MIN, LocalDate.MAX);
            case TIME -> finite(row.getObject(index, LocalTime.class), null, LocalTime.MAX);
            case TIMESTAMP -> finite(row.getObject(index, LocalDateTime.class), LocalDateTime.MIN, LocalDateTime.MAX);
            case TIMESTAMP_TZ -> instant(row.getObject(index, OffsetDateTime.class));
            default -> Parameters.OPAQUE;
        };
    }

    private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object decimal(@Nullable String text) {
        if (text == null) {
            return null;
        }
        boolean number = text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-');
        return number ? new BigDecimal(text) : Parameters.OPAQUE;
    }

    /** Drivers say infinity by the bounds of the class, and 24 o'clock too. */
    private static @Nullable Object finite(@Nullable Object value, @Nullable Object low, Object high) {
        return value != null && (value.equals(low) || value.equals(high)) ? Parameters.OPAQUE : value;
    }

    private static @Nullable Object instant(@Nullable OffsetDateTime value) {
        Object finite = finite(value, OffsetDateTime.MIN, OffsetDateTime.MAX);
        return finite instanceof OffsetDateTime time ? time.toInstant() : finite;
    }
}
