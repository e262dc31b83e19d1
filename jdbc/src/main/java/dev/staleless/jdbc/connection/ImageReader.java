package dev.staleless.jdbc.connection;

import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.RowImages.Cell;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the images of a row in canonical form. What has none (infinity, not a number) is opaque. */
final class ImageReader {
    private ImageReader() {}

    /** The values of the cells, which stand behind the first column. */
    static List<@Nullable Object> read(ResultSet row, List<Cell> cells) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            values.add(
                    switch (cell.part()) {
                        case OLD, NEW -> value(row, i + 2, cell.type().kind());
                        default -> row.getBoolean(i + 2);
                    });
        }
        return values;
    }

    private static @Nullable Object value(ResultSet row, int index, ColumnType.Kind kind) throws SQLException {
        return switch (kind) {
            case BOOLEAN -> orNull(row, row.getBoolean(index));
            case INTEGER -> orNull(row, row.getLong(index));
            case DECIMAL -> decimal(row.getString(index));
            case TEXT, FIXED_TEXT -> row.getString(index);
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
