package dev.staleless.jdbc.result.pgjdbc;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;

/** Every method of a JDBC interface, with arguments of each kind it takes. */
public final class JdbcCalls {
    /** A method and its arguments. */
    public record Call(Method method, Object[] arguments) {
        @Override
        public String toString() {
            return method.getName() + Arrays.deepToString(arguments);
        }
    }

    private static final List<Object> CLASSES = List.of(
            String.class,
            Integer.class,
            int.class,
            Long.class,
            Short.class,
            Byte.class,
            Boolean.class,
            Double.class,
            Float.class,
            BigDecimal.class,
            BigInteger.class,
            java.sql.Date.class,
            java.sql.Time.class,
            Timestamp.class,
            java.util.Date.class,
            Calendar.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            Instant.class,
            ZonedDateTime.class,
            UUID.class,
            byte[].class,
            java.sql.Blob.class,
            java.sql.Clob.class,
            java.sql.Array.class,
            java.sql.SQLXML.class,
            Object.class,
            java.time.Period.class,
            java.time.Duration.class,
            org.h2.api.Interval.class,
            org.postgresql.util.PGobject.class,
            org.postgresql.util.PGInterval.class,
            java.net.InetAddress.class,
            org.postgresql.geometric.PGpoint.class,
            Map.class,
            int[].class);

    private JdbcCalls() {}

    public static List<Call> of(Class<?> type, List<Object> strings, List<Object> ints) {
        return Stream.of(type.getMethods())
                .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
                .filter(method ->
                        !method.getName().equals("unwrap") && !method.getName().equals("isWrapperFor"))
                .sorted(java.util.Comparator.comparing(Method::toString))
                .flatMap(method -> arguments(method, strings, ints).stream().map(a -> new Call(method, a)))
                .toList();
    }

    private static List<Object[]> arguments(Method method, List<Object> strings, List<Object> ints) {
        List<Object[]> lists = new ArrayList<>();
        // Which column is asked for, and which class it is asked as, do not depend on each other.
        boolean classes = Arrays.asList(method.getParameterTypes()).contains(Class.class);
        List<Object> columns = classes ? ints.subList(0, 1) : ints;
        List<Object> labels = classes ? strings.subList(0, 1) : strings;
        lists.add(new Object[method.getParameterCount()]);
        for (int i = 0; i < method.getParameterCount(); i++) {
            List<Object[]> longer = new ArrayList<>();
            for (Object[] list : lists) {
                for (Object value : values(method.getParameterTypes()[i], labels, columns)) {
                    Object[] copy = list.clone();
                    copy[i] = value;
                    longer.add(copy);
                }
            }
            lists = longer;
        }
        return lists;
    }

    private static List<Object> values(Class<?> type, List<Object> strings, List<Object> ints) {
        if (type == int.class) {
            return ints;
        } else if (type == String.class) {
            return strings;
        } else if (type == Class.class) {
            return CLASSES;
        } else if (type == Calendar.class) {
            return Arrays.asList(
                    null,
                    Calendar.getInstance(TimeZone.getTimeZone("UTC")),
                    Calendar.getInstance(TimeZone.getTimeZone("Asia/Kathmandu")));
        } else if (type == Map.class) {
            return Arrays.asList(null, Map.of(), Map.of("int4", Integer.class));
        } else if (type == boolean.class) {
            return List.of(true);
        } else if (type.isPrimitive()) {
            return List.of(java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0));
        } else if (type == InputStream.class) {
            return List.of(InputStream.nullInputStream());
        } else if (type == Reader.class) {
            return List.of(Reader.nullReader());
        }
        return java.util.Collections.singletonList(null);
    }
}
