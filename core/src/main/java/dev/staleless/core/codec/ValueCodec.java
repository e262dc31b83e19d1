package dev.staleless.core.codec;

import dev.staleless.core.value.AbstractValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Abstract values, and the values in them in the canonical classes of {@link dev.staleless.core.value.ColumnType.Kind}. What
 * holds a value of any other class is written as unknown, which says less and is never wrong.
 */
final class ValueCodec {

    private static final int UNKNOWN = 0;
    private static final int NOT_NULL = 1;
    private static final int NULL = 2;
    private static final int EXACT = 3;
    private static final int ONE_OF = 4;
    private static final int RANGE = 5;

    private static final int LOW = 1;
    private static final int LOW_INCLUSIVE = 2;
    private static final int HIGH = 4;
    private static final int HIGH_INCLUSIVE = 8;

    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int INTEGER = 3;
    private static final int DECIMAL = 4;
    private static final int FLOAT = 5;
    private static final int TEXT = 6;
    private static final int BYTES = 7;
    private static final int DATE = 8;
    private static final int TIME = 9;
    private static final int TIMESTAMP = 10;
    private static final int INSTANT = 11;
    private static final int UUID_VALUE = 12;

    private ValueCodec() {}

    static void write(BinaryWriter out, AbstractValue value) {
        if (value instanceof AbstractValue.Exact exact) {
            writeExact(out, exact.value());
        } else if (value instanceof AbstractValue.OneOf oneOf) {
            writeOneOf(out, oneOf.values());
        } else if (value instanceof AbstractValue.Range range) {
            writeRange(out, range);
        } else {
            out.octet(value instanceof AbstractValue.NotNull ? NOT_NULL : UNKNOWN);
        }
    }

    static AbstractValue read(BinaryReader in) {
        int form = in.octet();
        return switch (form) {
            case UNKNOWN -> AbstractValue.UNKNOWN;
            case NOT_NULL -> AbstractValue.NOT_NULL;
            case NULL -> AbstractValue.NULL;
            case EXACT -> new AbstractValue.Exact(readObject(in));
            case ONE_OF -> readOneOf(in);
            case RANGE -> readRange(in);
            default -> throw new MalformedException("abstract value");
        };
    }

    private static void writeExact(BinaryWriter out, @Nullable Object value) {
        if (value == null) {
            out.octet(NULL);
        } else if (isCanonical(value)) {
            out.octet(EXACT);
            writeObject(out, value);
        } else {
            out.octet(UNKNOWN);
        }
    }

    private static void writeOneOf(BinaryWriter out, Set<Object> values) {
        for (Object value : values) {
            if (!isCanonical(value)) {
                out.octet(UNKNOWN);
                return;
            }
        }
        out.octet(ONE_OF);
        out.unsigned(values.size());
        for (Object value : values) {
            writeObject(out, value);
        }
    }

    private static AbstractValue readOneOf(BinaryReader in) {
        int count = in.count();
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(readObject(in));
        }
        return new AbstractValue.OneOf(new HashSet<>(values));
    }

    private static void writeRange(BinaryWriter out, AbstractValue.Range range) {
        Object low = range.low();
        Object high = range.high();
        if ((low != null && !isCanonical(low)) || (high != null && !isCanonical(high))) {
            out.octet(UNKNOWN);
            return;
        }
        out.octet(RANGE);
        out.octet((low != null ? LOW : 0)
                | (range.lowInclusive() ? LOW_INCLUSIVE : 0)
                | (high != null ? HIGH : 0)
                | (range.highInclusive() ? HIGH_INCLUSIVE : 0));
        if (low != null) {
            writeObject(out, low);
        }
        if (high != null) {
            writeObject(out, high);
        }
    }

    private static AbstractValue readRange(BinaryReader in) {
        int flags = in.octet();
        if (flags > (LOW | LOW_INCLUSIVE | HIGH | HIGH_INCLUSIVE)) {
            throw new MalformedException("range");
        }
        Object low = (flags & LOW) != 0 ? readObject(in) : null;
        Object high = (flags & HIGH) != 0 ? readObject(in) : null;
        return new AbstractValue.Range(low, (flags & LOW_INCLUSIVE) != 0, high, (flags & HIGH_INCLUSIVE) != 0);
    }

    private static boolean isCanonical(Object value) {
        return value instanceof Boolean
                || value instanceof Long
                || value instanceof BigDecimal
                || value instanceof Double
                || value instanceof String
                || value instanceof ByteBuffer
                || value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof LocalDateTime
                || value instanceof Instant
                || value instanceof UUID;
    }

    private static void writeObject(BinaryWriter out, Object value) {
        if (value instanceof Boolean bool) {
            out.octet(bool ? TRUE : FALSE);
        } else if (value instanceof Long number) {
            out.octet(INTEGER);
            out.signed(number);
        } else if (value instanceof BigDecimal decimal) {
            out.octet(DECIMAL);
            out.signed(decimal.scale());
            out.blob(decimal.unscaledValue().toByteArray());
        } else if (value instanceof Double number) {
            out.octet(FLOAT);
            out.fixed64(Double.doubleToRawLongBits(number));
        } else if (value instanceof String text) {
            out.octet(TEXT);
            out.text(text);
        } else if (value instanceof ByteBuffer buffer) {
            out.octet(BYTES);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            out.blob(bytes);
        } else if (value instanceof UUID uuid) {
            out.octet(UUID_VALUE);
            out.uuid(uuid);
        } else {
            writeTemporal(out, value);
        }
    }

    private static void writeTemporal(BinaryWriter out, Object value) {
        if (value instanceof LocalDate date) {
            out.octet(DATE);
            out.signed(date.toEpochDay());
        } else if (value instanceof LocalTime time) {
            out.octet(TIME);
            out.unsigned(time.toNanoOfDay());
        } else if (value instanceof LocalDateTime timestamp) {
            out.octet(TIMESTAMP);
            out.signed(timestamp.toLocalDate().toEpochDay());
            out.unsigned(timestamp.toLocalTime().toNanoOfDay());
        } else if (value instanceof Instant instant) {
            out.octet(INSTANT);
            out.signed(instant.getEpochSecond());
            out.unsigned(instant.getNano());
        } else {
            throw new IllegalArgumentException("not canonical: " + value.getClass());
        }
    }

    private static Object readObject(BinaryReader in) {
        int kind = in.octet();
        return switch (kind) {
            case FALSE -> false;
            case TRUE -> true;
            case INTEGER -> in.signed();
            case DECIMAL -> readDecimal(in);
            case FLOAT -> Double.longBitsToDouble(in.fixed64());
            case TEXT -> in.text();
            case BYTES -> ByteBuffer.wrap(in.blob()).asReadOnlyBuffer();
            case DATE -> LocalDate.ofEpochDay(in.signed());
            case TIME -> LocalTime.ofNanoOfDay(in.unsigned());
            case TIMESTAMP -> LocalDateTime.of(LocalDate.ofEpochDay(in.signed()), LocalTime.ofNanoOfDay(in.unsigned()));
            case INSTANT -> Instant.ofEpochSecond(in.signed(), in.unsigned());
            case UUID_VALUE -> in.uuid();
            default -> throw new MalformedException("value");
        };
    }

    private static BigDecimal readDecimal(BinaryReader in) {
        int scale = Math.toIntExact(in.signed());
        return new BigDecimal(new BigInteger(in.blob()), scale);
    }
}
