package dev.staleless.jdbc.key;

import dev.staleless.core.value.ArrayValue;
import dev.staleless.core.value.Parameters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value bound to a {@code ?}, and how it was bound. Immutable: values that can change are copied.
 *
 * @param setter name of the setter and whatever else it was given, which decides how the driver sends the value
 * @param value null for NULL
 * @param zone time zone by which the driver sends a date or time without zone; null for other values
 */
public record BoundValue(
        String setter, @Nullable Object value, @Nullable TimeZone zone) {
    private static final Set<Class<?>> KNOWN = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            String.class,
            Character.class,
            byte[].class,
            Date.class,
            Time.class,
            Timestamp.class,
            UUID.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            BoundArray.class,
            short[].class,
            int[].class,
            long[].class,
            boolean[].class,
            Short[].class,
            Integer[].class,
            Long[].class,
            Boolean[].class,
            BigDecimal[].class,
            String[].class,
            UUID[].class);

    /** Final classes whose {@code equals} tells every two values apart that are sent in different ways. */
    private static final Set<Class<?>> TOLD_BY_EQUALS = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            Character.class,
            UUID.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class);

    /**
     * A bound value, or null if its class is not one whose values are known by what they are: a stream, an array of other things, an object
     * of the driver or the application.
     *
     * @param calendar given to the setter, or null
     */
    public static @Nullable BoundValue of(String setter, @Nullable Object value, @Nullable Calendar calendar) {
        if (value == null) {
            return new BoundValue(setter, null, null);
        }
        if (!KNOWN.contains(value.getClass())) {
            return null;
        }
        boolean zoned = value instanceof java.util.Date;
        return new BoundValue(
                setter, copy(value), !zoned ? null : calendar == null ? TimeZone.getDefault() : calendar.getTimeZone());
    }

    /** A value that nobody else can change. */
    private static Object copy(Object value) {
        if (value instanceof java.util.Date date) {
            return date.clone();
        }
        if (value instanceof Object[] array) {
            return array.clone();
        }
        return value.getClass().isArray() ? copyOfPrimitives(value) : value;
    }

    private static Object copyOfPrimitives(Object array) {
        int length = java.lang.reflect.Array.getLength(array);
        Object copy = java.lang.reflect.Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    /** The elements of an array that is not one of bytes; null if the value is no such array. */
    private static Object @Nullable [] elements(Object value) {
        if (value instanceof Object[] array) {
            return array;
        }
        if (!value.getClass().isArray() || value instanceof byte[]) {
            return null;
        }
        Object[] elements = new Object[java.lang.reflect.Array.getLength(value)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = java.lang.reflect.Array.get(value, i);
        }
        return elements;
    }

    /** Whether it is a time of day, or a text that is not surely a date: what it means may depend on today's date. */
    public boolean mayBeClock() {
        if (value instanceof String text) {
            return !isDate(text);
        }
        if (value instanceof BoundArray array) {
            return array.mayBeClock();
        }
        if (value instanceof String[] texts) {
            return Arrays.stream(texts).anyMatch(text -> text != null && !isDate(text));
        }
        return value instanceof Time
                || value instanceof LocalTime
                || value instanceof OffsetTime
                || value instanceof Character;
    }

    /** Whether a text begins with a whole date and has no words: {@code now}, {@code today} and their like have letters. */
    static boolean isDate(String text) {
        if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = i < 10 && i != 4 && i != 7 ? c >= '0' && c <= '9' : "0123456789-+:. TZ".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether its {@code equals} holds for none but the very same value. Not so for arrays, and not for the classes of {@code java.sql}
     * for times, of which one may be equal to another of another class.
     */
    boolean isToldByEquals() {
        return value == null || TOLD_BY_EQUALS.contains(value.getClass());
    }

    /**
     * Binds it to another statement, so that the driver sends the same; false if it is not known how: for NULL, and for times by a
     * calendar of their own.
     */
    boolean bindTo(PreparedStatement statement, int index) throws SQLException {
        if (value == null || zone != null && !zone.equals(TimeZone.getDefault())) {
            return false;
        }
        switch (setter) {
            case "setObject" -> statement.setObject(index, value);
            case "setString" -> statement.setString(index, (String) value);
            case "setBoolean" -> statement.setBoolean(index, (Boolean) value);
            case "setByte" -> statement.setByte(index, (Byte) value);
            case "setShort" -> statement.setShort(index, (Short) value);
            case "setInt" -> statement.setInt(index, (Integer) value);
            case "setLong" -> statement.setLong(index, (Long) value);
            case "setDouble" -> statement.setDouble(index, (Double) value);
            case "setBigDecimal" -> statement.setBigDecimal(index, (BigDecimal) value);
            case "setBytes" -> statement.setBytes(index, (byte[]) value);
            case "setDate" -> statement.setDate(index, (Date) value);
            case "setTimestamp" -> statement.setTimestamp(index, (Timestamp) value);
            case "setArray" -> statement.setArray(index, ((BoundArray) value).on(statement.getConnection()));
            default -> {
                return bindAs(statement, index, setter.split(":"), value);
            }
        }
        return true;
    }

    private static boolean bindAs(PreparedStatement statement, int index, String[] setter, Object value)
            throws SQLException {
        boolean typed = setter.length == 2 && setter[0].equals("setObject") && setter[1].matches("-?\\d+");
        if (typed) {
            statement.setObject(index, value, Integer.parseInt(setter[1]));
        }
        return typed;
    }

    /** In canonical form, or {@link Parameters#OPAQUE} where what the database makes of it is not certain. */
    public @Nullable Object canonical() {
        if (value == null) {
            return null;
        }
        Object plain = plain(value);
        return isNatural(plain) ? plain : Parameters.OPAQUE;
    }

    private static Object plain(Object value) {
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return ((Number) value).longValue();
        } else if (value instanceof Float number) {
            return number.doubleValue();
        } else if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        } else if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        } else if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (value instanceof BoundArray array) {
            return array.canonical();
        } else if (value instanceof Character || value instanceof java.util.Date || value instanceof OffsetTime) {
            // Sent with an offset, in which way depends on the zone, the calendar's history and the column.
            return Parameters.OPAQUE;
        }
        Object[] elements = elements(value);
        return elements == null ? value : BoundArray.canonical(elements);
    }

    /** Whether the setter sends the value as what it is, and does not turn it into another type first. */
    private boolean isNatural(Object plain) {
        int colon = setter.indexOf(':');
        if (colon < 0) {
            return true;
        }
        String target = setter.substring(colon + 1);
        if (plain instanceof ArrayValue) {
            return target.equals(name(Types.ARRAY));
        } else if (plain instanceof Long) {
            return Set.of(name(Types.SMALLINT), name(Types.INTEGER), name(Types.BIGINT))
                    .contains(target);
        } else if (plain instanceof String) {
            return Set.of(name(Types.VARCHAR), name(Types.CHAR), name(Types.LONGVARCHAR))
                    .contains(target);
        } else if (plain instanceof BigDecimal) {
            return Set.of(name(Types.NUMERIC), name(Types.DECIMAL)).contains(target);
        } else if (plain instanceof Boolean) {
            return Set.of(name(Types.BOOLEAN), name(Types.BIT)).contains(target);
        } else if (plain instanceof Double) {
            return value instanceof Double
                    && Set.of(name(Types.DOUBLE), name(Types.FLOAT)).contains(target);
        } else if (plain instanceof LocalDate) {
            return target.equals(name(Types.DATE));
        } else if (plain instanceof LocalDateTime) {
            return target.equals(name(Types.TIMESTAMP));
        } else if (plain instanceof UUID) {
            return target.equals(name(Types.OTHER));
        }
        return plain instanceof ByteBuffer
                && Set.of(name(Types.BINARY), name(Types.VARBINARY)).contains(target);
    }

    private static String name(int type) {
        return Integer.toString(type);
    }

    /** Writes everything that decides what the driver sends. */
    void writeTo(KeyDigest digest) {
        digest.text(setter);
        if (value == null) {
            digest.number(-1);
            return;
        }
        digest.text(value.getClass().getName());
        Object[] elements = elements(value);
        if (value instanceof byte[] bytes) {
            digest.bytes(bytes);
        } else if (value instanceof java.util.Date date) {
            digest.number(date.getTime());
            digest.number(date instanceof Timestamp timestamp ? timestamp.getNanos() : 0);
        } else if (value instanceof BoundArray array) {
            array.writeTo(digest);
        } else if (elements != null) {
            BoundArray.write(elements, digest);
        } else {
            // The text of every other class tells all of the value: of a float, digits enough to tell it from its
            // neighbours.
            digest.text(value.toString());
        }
        digest.text(zone == null ? "" : zone.getID() + zone.getRawOffset());
    }
}
