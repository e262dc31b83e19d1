package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.change.Image;
import dev.staleless.core.value.AbstractValue;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some tables, each with a column {@code rid} that tells it from every other for as long as it lives; and whether events
 * cover what became of them.
 */
final class ChangedRows {
    private static final String IDENTITY = "rid";

    private final Map<String, Map<Long, Map<String, @Nullable Object>>> tables = new TreeMap<>();

    static ChangedRows read(Connection connection, List<String> names) throws SQLException {
        ChangedRows read = new ChangedRows();
        try (Statement statement = connection.createStatement()) {
            for (String name : names) {
                Map<Long, Map<String, @Nullable Object>> rows = new TreeMap<>();
                try (ResultSet row = statement.executeQuery("SELECT * FROM " + name)) {
                    while (row.next()) {
                        rows.put(row.getLong(IDENTITY), row(row));
                    }
                }
                read.tables.put(name, rows);
            }
        }
        return read;
    }

    private static Map<String, @Nullable Object> row(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            String name = row.getMetaData().getColumnName(i);
            values.put(
                    name,
                    value instanceof Integer number
                            ? (Object) number.longValue()
                            : value instanceof java.sql.Timestamp time ? time.toLocalDateTime() : value);
        }
        return values;
    }

    /** The rows with all their values, in a form that two databases can be compared by. */
    String contents() {
        Map<String, List<String>> contents = new TreeMap<>();
        tables.forEach((name, rows) -> contents.put(
                name,
                rows.values().stream()
                        .map(row -> new TreeMap<>(row).toString())
                        .sorted()
                        .toList()));
        return contents.toString();
    }

    /** What became of rows until a later reading and is not told by the events. */
    List<String> untold(ChangedRows later, List<ChangeEvent> events) {
        List<String> untold = new ArrayList<>();
        tables.forEach((name, rows) -> {
            Map<Long, Map<String, @Nullable Object>> after = later.tables.getOrDefault(name, Map.of());
            List<ChangeEvent> own = events.stream()
                    .filter(event -> event.table().name().equals(name))
                    .toList();
            Set<Long> all = new HashSet<>(rows.keySet());
            all.addAll(after.keySet());
            for (Long id : all) {
                Map<String, @Nullable Object> from = rows.get(id);
                Map<String, @Nullable Object> to = after.get(id);
                if (!Objects.equals(from, to) && !isTold(own, from, to)) {
                    untold.add(name + ": " + from + " became " + to + ", told: " + own);
                }
            }
        });
        return untold;
    }

    /** A row may be changed twice by one statement: by itself, then by what it spreads to. */
    private static boolean isTold(
            List<ChangeEvent> events,
            @Nullable Map<String, @Nullable Object> from,
            @Nullable Map<String, @Nullable Object> to) {
        for (ChangeEvent event : events) {
            if (covers(event, from, to)) {
                return true;
            }
        }
        if (from == null) {
            return false;
        }
        for (ChangeEvent first : events) {
            if (first.kind() == Kind.UPDATE && isToldByTwo(first, events, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isToldByTwo(
            ChangeEvent first,
            List<ChangeEvent> events,
            Map<String, @Nullable Object> from,
            @Nullable Map<String, @Nullable Object> to) {
        for (ChangeEvent second : events) {
            Map<String, @Nullable Object> between = between(first, second, from, to);
            if (second != first && covers(first, from, between) && covers(second, between, to)) {
                return true;
            }
        }
        return false;
    }

    /** The row after the first event and before the second: what the second does not change is already what it will be. */
    private static Map<String, @Nullable Object> between(
            ChangeEvent first,
            ChangeEvent second,
            Map<String, @Nullable Object> from,
            @Nullable Map<String, @Nullable Object> to) {
        Map<String, @Nullable Object> between = new HashMap<>(from);
        for (String column : from.keySet()) {
            boolean mine = first.changed().contains(column);
            boolean kept = to != null && !second.changed().contains(column);
            Image after = first.after();
            if (mine && kept) {
                between.put(column, to.get(column));
            } else if (mine && after != null && after.get(column) instanceof AbstractValue.Exact exact) {
                between.put(column, exact.value());
            }
        }
        return between;
    }

    private static boolean covers(
            ChangeEvent event,
            @Nullable Map<String, @Nullable Object> from,
            @Nullable Map<String, @Nullable Object> to) {
        if (event.kind() == Kind.ANY) {
            return true;
        }
        if (from == null) {
            return event.kind() == Kind.INSERT && contains(event.after(), to);
        }
        if (to == null) {
            return event.kind() == Kind.TRUNCATE || event.kind() == Kind.DELETE && contains(event.before(), from);
        }
        boolean columns = from.keySet().stream()
                .allMatch(name -> event.changed().contains(name) || same(from.get(name), to.get(name)));
        return event.kind() == Kind.UPDATE && columns && contains(event.before(), from) && contains(event.after(), to);
    }

    private static boolean contains(@Nullable Image image, @Nullable Map<String, @Nullable Object> row) {
        return image != null
                && row != null
                && image.values().entrySet().stream()
                        .allMatch(column -> contains(column.getValue(), row.get(column.getKey())));
    }

    private static boolean contains(AbstractValue known, @Nullable Object value) {
        if (known instanceof AbstractValue.Exact exact) {
            return alike(exact.value(), value);
        } else if (known instanceof AbstractValue.OneOf oneOf) {
            return oneOf.values().stream().anyMatch(one -> alike(one, value));
        } else if (known instanceof AbstractValue.Range range) {
            return value != null
                    && (range.low() == null || order(range.low(), value) <= (range.lowInclusive() ? 0 : -1))
                    && (range.high() == null || order(value, range.high()) <= (range.highInclusive() ? 0 : -1));
        }
        return !(known instanceof AbstractValue.NotNull) || value != null;
    }

    private static int order(Object low, Object high) {
        return low instanceof String text && high instanceof String other
                ? Integer.signum(text.compareTo(other))
                : number(low).compareTo(number(high));
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    /** As the database shows it: with all its digits. */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other);
    }

    /** Equal to the database. */
    private static boolean alike(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number && other instanceof Number) {
            return number(one).compareTo(number(other)) == 0;
        }
        if (one instanceof String && other instanceof String text) {
            return one.equals(text) || one.equals(text.stripTrailing());
        }
        return Objects.equals(one, other);
    }
}
