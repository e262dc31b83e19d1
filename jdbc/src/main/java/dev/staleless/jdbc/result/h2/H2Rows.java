package dev.staleless.jdbc.result.h2;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.Parameters;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.h2.value.Value;
import org.h2.value.ValueDate;
import org.h2.value.ValueTime;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueUuid;
import org.jspecify.annotations.Nullable;

/**
 * The values of a captured result. Those of REAL and DOUBLE are not known: -0.0 and 0.0 would have to be told apart, and NaN. Nor are
 * those of CHAR, whose spaces at the end count here and there.
 */
record H2Rows(CapturedResult result) implements CachedRows {

    private static final int DAY_BITS = 5;
    private static final int MONTH_BITS = 4;

    /** Null if the bytes are not those of a captured result. */
    static @Nullable CachedRows of(byte[] bytes) {
        CapturedResult result = ResultCodec.decode(bytes);
        return result == null ? null : new H2Rows(result);
    }

    @Override
    public int size() {
        return result.rows().size();
    }

    @Override
    public int columns() {
        return result.columns().size();
    }

    @Override
    public @Nullable Object value(int row, int column) {
        Value value = result.rows().get(row)[column];
        int type = value.getValueType();
        if (type == Value.NULL) {
            return null;
        }
        Object known = switch (type) {
            case Value.BOOLEAN -> value.getBoolean();
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> value.getLong();
            case Value.NUMERIC -> value.getBigDecimal();
            case Value.VARCHAR -> value.getString();
            case Value.VARBINARY -> ByteBuffer.wrap(value.getBytes()).asReadOnlyBuffer();
            case Value.UUID -> new UUID(((ValueUuid) value).getHigh(), ((ValueUuid) value).getLow());
            default -> temporal(value);
        };
        return known == null ? Parameters.OPAQUE : known;
    }

    private static @Nullable Object temporal(Value value) {
        try {
            if (value instanceof ValueDate date) {
                return date(date.getDateValue());
            } else if (value instanceof ValueTime time) {
                return LocalTime.ofNanoOfDay(time.getNanos());
            } else if (value instanceof ValueTimestamp timestamp) {
                return timestamp(timestamp.getDateValue(), timestamp.getTimeNanos());
            } else if (value instanceof ValueTimestampTimeZone timestamp) {
                return instant(timestamp);
            }
            return null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant instant(ValueTimestampTimeZone timestamp) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(timestamp.getTimeZoneOffsetSeconds());
        return timestamp(timestamp.getDateValue(), timestamp.getTimeNanos()).toInstant(offset);
    }

    private static LocalDateTime timestamp(long date, long nanos) {
        return LocalDateTime.of(date(date), LocalTime.ofNanoOfDay(nanos));
    }

    /** The driver keeps year, month and day in the bits of one number. */
    private static LocalDate date(long value) {
        int day = (int) (value & (1 << DAY_BITS) - 1);
        int month = (int) (value >> DAY_BITS & (1 << MONTH_BITS) - 1);
        return LocalDate.of(Math.toIntExact(value >> DAY_BITS + MONTH_BITS), month, day);
    }
}
