package dev.staleless.jdbc.result.h2;

import dev.staleless.jdbc.result.bytes.ByteSink;
import dev.staleless.jdbc.result.bytes.ByteSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.h2.api.IntervalQualifier;
import org.h2.value.ExtTypeInfoEnum;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueBigint;
import org.h2.value.ValueBinary;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueChar;
import org.h2.value.ValueCollectionBase;
import org.h2.value.ValueDate;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueDouble;
import org.h2.value.ValueGeometry;
import org.h2.value.ValueInteger;
import org.h2.value.ValueInterval;
import org.h2.value.ValueJson;
import org.h2.value.ValueNull;
import org.h2.value.ValueNumeric;
import org.h2.value.ValueReal;
import org.h2.value.ValueRow;
import org.h2.value.ValueSmallint;
import org.h2.value.ValueTime;
import org.h2.value.ValueTimeTimeZone;
import org.h2.value.ValueTimestamp;
import org.h2.value.ValueTimestampTimeZone;
import org.h2.value.ValueTinyint;
import org.h2.value.ValueUuid;
import org.h2.value.ValueVarbinary;
import org.h2.value.ValueVarchar;
import org.h2.value.ValueVarcharIgnoreCase;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a value: its type's code and what the driver's class holds, unchanged. Large objects and Java objects have none:
 * the former live in the database, the latter would have to be trusted to be deserialised. Long because there are so many types.
 */
final class ValueCodec {
    private static final int NOT_A_NUMBER = 1;
    private static final int INFINITE = 2;
    private static final int NEGATIVE_INFINITE = 3;

    private ValueCodec() {}

    /** Whether values of this type can be written. */
    static boolean isWritable(TypeInfo type) {
        int code = type.getValueType();
        if (code == Value.CLOB || code == Value.BLOB || code == Value.JAVA_OBJECT || code == Value.UNKNOWN) {
            return false;
        }
        return !(type.getExtTypeInfo() instanceof TypeInfo element) || isWritable(element);
    }

    /**
     * Writes a value.
     *
     * @param type of its column, or of the array or row that it is in; whose enumerators an enumeration's value refers to
     * @return false if it has no bytes
     */
    static boolean encode(ByteSink sink, Value value, TypeInfo type, int depth) {
        int code = value.getValueType();
        sink.writeByte(code);
        switch (code) {
            case Value.NULL -> {}
            case Value.CHAR, Value.VARCHAR, Value.VARCHAR_IGNORECASE -> sink.writeText(value.getString());
            case Value.BINARY, Value.VARBINARY, Value.JSON, Value.GEOMETRY -> sink.writeValue(value.getBytesNoCopy());
            case Value.BOOLEAN -> sink.writeByte(value.getBoolean() ? 1 : 0);
            case Value.TINYINT -> sink.writeByte(value.getByte());
            case Value.SMALLINT -> sink.writeShort(value.getShort());
            case Value.INTEGER -> sink.writeInt(value.getInt());
            case Value.BIGINT -> sink.writeLong(value.getLong());
            case Value.NUMERIC -> number(sink, value.getBigDecimal());
            case Value.DECFLOAT -> decfloat(sink, value);
            case Value.REAL -> sink.writeInt(Float.floatToRawIntBits(value.getFloat()));
            case Value.DOUBLE -> sink.writeLong(Double.doubleToRawLongBits(value.getDouble()));
            case Value.ENUM -> {
                return enumerated(sink, value, type);
            }
            case Value.UUID -> {
                sink.writeLong(((ValueUuid) value).getHigh());
                sink.writeLong(((ValueUuid) value).getLow());
            }
            case Value.ARRAY, Value.ROW -> {
                return depth < TypeCodec.MAX_DEPTH && collection(sink, value, depth);
            }
            default -> {
                return temporal(sink, value, code);
            }
        }
        return true;
    }

    private static void number(ByteSink sink, BigDecimal number) {
        sink.writeInt(number.scale());
        sink.writeValue(number.unscaledValue().toByteArray());
    }

    private static void decfloat(ByteSink sink, Value value) {
        if (value.equals(ValueDecfloat.NAN)) {
            sink.writeByte(NOT_A_NUMBER);
        } else if (value.equals(ValueDecfloat.POSITIVE_INFINITY)) {
            sink.writeByte(INFINITE);
        } else if (value.equals(ValueDecfloat.NEGATIVE_INFINITY)) {
            sink.writeByte(NEGATIVE_INFINITE);
        } else {
            sink.writeByte(0);
            number(sink, value.getBigDecimal());
        }
    }

    private static boolean enumerated(ByteSink sink, Value value, TypeInfo type) {
        sink.writeText(value.getString());
        return type.getExtTypeInfo() instanceof ExtTypeInfoEnum labels
                && labels.equals(value.getType().getExtTypeInfo());
    }

    private static boolean collection(ByteSink sink, Value value, int depth) {
        TypeInfo type = value.getType();
        boolean known = TypeCodec.encode(sink, type);
        Value[] elements = ((ValueCollectionBase) value).getList();
        sink.writeVarint(elements.length);
        TypeInfo element = type.getExtTypeInfo() instanceof TypeInfo component ? component : null;
        for (int i = 0; i < elements.length && known && !sink.isFull(); i++) {
            known = encode(sink, elements[i], element == null ? elements[i].getType() : element, depth + 1);
            // The fields of a row have types of their own, which are not looked up.
            known &= element != null || elements[i].getValueType() != Value.ENUM;
        }
        return known;
    }

    private static boolean temporal(ByteSink sink, Value value, int code) {
        if (value instanceof ValueDate date) {
            sink.writeLong(date.getDateValue());
        } else if (value instanceof ValueTime time) {
            sink.writeLong(time.getNanos());
        } else if (value instanceof ValueTimeTimeZone time) {
            sink.writeLong(time.getNanos());
            sink.writeInt(time.getTimeZoneOffsetSeconds());
        } else if (value instanceof ValueTimestamp timestamp) {
            sink.writeLong(timestamp.getDateValue());
            sink.writeLong(timestamp.getTimeNanos());
        } else if (value instanceof ValueTimestampTimeZone timestamp) {
            sink.writeLong(timestamp.getDateValue());
            sink.writeLong(timestamp.getTimeNanos());
            sink.writeInt(timestamp.getTimeZoneOffsetSeconds());
        } else if (value instanceof ValueInterval interval) {
            sink.writeByte(interval.isNegative() ? 1 : 0);
            sink.writeLong(interval.getLeading());
            sink.writeLong(interval.getRemaining());
        } else {
            return false;
        }
        return isTemporal(code);
    }

    private static boolean isTemporal(int code) {
        return code >= Value.DATE && code <= Value.TIMESTAMP_TZ || isInterval(code);
    }

    private static boolean isInterval(int code) {
        return code >= Value.INTERVAL_YEAR && code <= Value.INTERVAL_MINUTE_TO_SECOND;
    }

    /** Reads a value; null if the bytes are not those of one. Values that the driver refuses throw what it throws. */
    static @Nullable Value decode(ByteSource source, TypeInfo type, int depth) {
        int code = source.readByte();
        return switch (code) {
            case Value.NULL -> ValueNull.INSTANCE;
            case Value.CHAR, Value.VARCHAR, Value.VARCHAR_IGNORECASE -> text(source.readText(), code);
            case Value.BINARY, Value.VARBINARY, Value.JSON, Value.GEOMETRY -> bytes(source.readValue(), code);
            case Value.BOOLEAN -> ValueBoolean.get(source.readByte() == 1);
            case Value.TINYINT -> ValueTinyint.get((byte) source.readByte());
            case Value.SMALLINT -> ValueSmallint.get((short) source.readShort());
            case Value.INTEGER -> ValueInteger.get(source.readInt());
            case Value.BIGINT -> ValueBigint.get(source.readLong());
            case Value.NUMERIC -> numeric(number(source));
            case Value.DECFLOAT -> decfloat(source);
            case Value.REAL -> ValueReal.get(Float.intBitsToFloat(source.readInt()));
            case Value.DOUBLE -> ValueDouble.get(Double.longBitsToDouble(source.readLong()));
            case Value.ENUM -> enumerated(source.readText(), type);
            case Value.UUID -> ValueUuid.get(source.readLong(), source.readLong());
            case Value.ARRAY, Value.ROW -> depth < TypeCodec.MAX_DEPTH ? collection(source, code, depth) : null;
            default -> temporal(source, code);
        };
    }

    private static @Nullable Value text(@Nullable String text, int code) {
        if (text == null) {
            return null;
        }
        return switch (code) {
            case Value.CHAR -> ValueChar.get(text);
            case Value.VARCHAR -> ValueVarchar.get(text);
            default -> ValueVarcharIgnoreCase.get(text);
        };
    }

    private static @Nullable Value bytes(byte @Nullable [] bytes, int code) {
        if (bytes == null) {
            return null;
        }
        return switch (code) {
            case Value.BINARY -> ValueBinary.getNoCopy(bytes);
            case Value.VARBINARY -> ValueVarbinary.getNoCopy(bytes);
            case Value.JSON -> ValueJson.getInternal(bytes);
            default -> ValueGeometry.get(bytes);
        };
    }

    private static @Nullable BigDecimal number(ByteSource source) {
        int scale = source.readInt();
        byte[] unscaled = source.readValue();
        return unscaled == null || unscaled.length == 0 ? null : new BigDecimal(new BigInteger(unscaled), scale);
    }

    private static @Nullable Value numeric(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        return ValueNumeric.get(number);
    }

    private static @Nullable Value finite(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        return ValueDecfloat.get(number);
    }

    private static @Nullable Value decfloat(ByteSource source) {
        return switch (source.readByte()) {
            case NOT_A_NUMBER -> ValueDecfloat.NAN;
            case INFINITE -> ValueDecfloat.POSITIVE_INFINITY;
            case NEGATIVE_INFINITE -> ValueDecfloat.NEGATIVE_INFINITY;
            default -> finite(number(source));
        };
    }

    private static @Nullable Value enumerated(@Nullable String label, TypeInfo type) {
        return label != null && type.getExtTypeInfo() instanceof ExtTypeInfoEnum labels
                ? labels.getValue(label, null)
                : null;
    }

    private static @Nullable Value collection(ByteSource source, int code, int depth) {
        TypeInfo type = TypeCodec.decode(source, depth);
        int count = source.readVarint();
        if (type == null || type.getValueType() != code || count > source.left()) {
            return null;
        }
        TypeInfo component = type.getExtTypeInfo() instanceof TypeInfo element ? element : null;
        if (code == Value.ARRAY && component == null) {
            return null;
        }
        Value[] elements = new Value[count];
        for (int i = 0; i < count; i++) {
            Value element = decode(source, component == null ? TypeInfo.TYPE_UNKNOWN : component, depth + 1);
            if (element == null) {
                return null;
            }
            elements[i] = element;
        }
        return component == null ? ValueRow.get(type, elements) : ValueArray.get(component, elements, null);
    }

    private static @Nullable Value temporal(ByteSource source, int code) {
        if (isInterval(code)) {
            IntervalQualifier qualifier = IntervalQualifier.valueOf(code - Value.INTERVAL_YEAR);
            boolean negative = source.readByte() == 1;
            return ValueInterval.from(qualifier, negative, source.readLong(), source.readLong());
        }
        return switch (code) {
            case Value.DATE -> ValueDate.fromDateValue(source.readLong());
            case Value.TIME -> ValueTime.fromNanos(source.readLong());
            case Value.TIME_TZ -> ValueTimeTimeZone.fromNanos(source.readLong(), source.readInt());
            case Value.TIMESTAMP -> ValueTimestamp.fromDateValueAndNanos(source.readLong(), source.readLong());
            case Value.TIMESTAMP_TZ ->
                ValueTimestampTimeZone.fromDateValueAndNanos(source.readLong(), source.readLong(), source.readInt());
            default -> null;
        };
    }
}
