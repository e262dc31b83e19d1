package dev.staleless.jdbc.revalidation;

import dev.staleless.core.decision.Doubt;
import dev.staleless.core.query.Revalidation;
import dev.staleless.core.query.Revalidation.Text;
import dev.staleless.core.value.ColumnType;
import dev.staleless.jdbc.key.BoundValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A statement that settles the doubts which some changes leave about a cached result of a query. It is one, so that all of them are
 * settled in one state of the database.
 */
public final class Inquiry {

    /** More doubts are not settled. */
    private static final int MANY = 200;

    private final Revalidation revalidation;
    private final BoundValues values;
    private final Map<Integer, List<Doubt>> byUse = new TreeMap<>();
    private final int size;

    /**
     * An inquiry.
     *
     * @param values bound to the query
     */
    public Inquiry(Revalidation revalidation, BoundValues values, Collection<Doubt> doubts) {
        this.revalidation = revalidation;
        this.values = values;
        this.size = doubts.size();
        doubts.forEach(doubt ->
                byUse.computeIfAbsent(doubt.use(), use -> new ArrayList<>()).add(doubt));
    }

    /**
     * Asks on a connection of the session that the query is for.
     *
     * @param timeout seconds that the statement may take; 0 for any
     * @return whether all doubts are settled: the changes have not altered the result
     */
    public boolean settles(Connection connection, int timeout) throws SQLException {
        if (size == 0 || size > MANY) {
            return size == 0;
        }
        List<Doubt> first = byUse.values().iterator().next();
        Doubt.Page page = byUse.size() > 1 ? null : first.get(0).page();
        Revalidation.PageKey key = revalidation.pageKey();
        Text text = revalidation.page();
        boolean paged = page != null
                && key != null
                && text != null
                && first.stream().allMatch(doubt -> Objects.equals(page, doubt.page()));
        return paged && page != null && key != null && text != null
                ? endsPage(connection, timeout, text, first, key, page.lastKey())
                : findsNone(connection, timeout);
    }

    private boolean findsNone(Connection connection, int timeout) throws SQLException {
        Text text = revalidation.existence();
        StringBuilder sql = new StringBuilder();
        List<List<Object>> asked = new ArrayList<>();
        for (List<Doubt> doubts : byUse.values()) {
            List<Object> of = new ArrayList<>();
            String one = text.before() + condition(doubts, of) + text.after();
            sql.append(sql.isEmpty() ? "" : " UNION ALL ").append(byUse.size() == 1 ? one : "(" + one + ")");
            asked.add(of);
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            statement.setQueryTimeout(timeout);
            int next = 1;
            for (List<Object> of : asked) {
                next = bind(statement, next, text, of);
                if (next < 0) {
                    return false;
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }

    private boolean endsPage(
            Connection connection, int timeout, Text text, List<Doubt> doubts, Revalidation.PageKey key, Object last)
            throws SQLException {
        List<Object> asked = new ArrayList<>();
        String condition = condition(doubts, asked) + " OR " + key.expression() + " = ?";
        asked.add(last);
        try (PreparedStatement statement = connection.prepareStatement(text.before() + condition + text.after())) {
            statement.setQueryTimeout(timeout);
            if (bind(statement, 1, text, asked) < 0) {
                return false;
            }
            try (ResultSet rows = statement.executeQuery()) {
                return comeAfter(rows, key, last);
            }
        }
    }

    /** One of the doubts' values of each expression, for one of the doubts. */
    private static String condition(List<Doubt> doubts, List<Object> asked) {
        StringBuilder condition = new StringBuilder();
        for (Map<String, Set<Object>> each : merged(doubts)) {
            condition.append(condition.isEmpty() ? "" : " OR ");
            Iterator<Map.Entry<String, Set<Object>>> parts = each.entrySet().iterator();
            while (parts.hasNext()) {
                Map.Entry<String, Set<Object>> part = parts.next();
                condition.append(part.getKey());
                asked.addAll(part.getValue());
                condition.append(
                        part.getValue().size() == 1
                                ? " = ?"
                                : " IN (?" + ", ?".repeat(part.getValue().size() - 1) + ")");
                condition.append(parts.hasNext() ? " AND " : "");
            }
        }
        return condition.toString();
    }

    /** Those that ask for the values of one and the same expression are one. */
    private static List<Map<String, Set<Object>>> merged(List<Doubt> doubts) {
        List<Map<String, Set<Object>>> merged = new ArrayList<>();
        Map<String, Set<Object>> single = new LinkedHashMap<>();
        for (Doubt doubt : doubts) {
            if (doubt.values().size() > 1) {
                merged.add(doubt.values());
                continue;
            }
            doubt.values()
                    .forEach((expression, of) -> single.computeIfAbsent(
                                    expression, none -> new java.util.LinkedHashSet<>())
                            .addAll(of));
        }
        single.forEach((expression, of) -> merged.add(Map.of(expression, of)));
        return merged;
    }

    /** The index of the next parameter; -1 if a value of the query cannot be bound again. */
    private int bind(PreparedStatement statement, int first, Text text, List<Object> asked) throws SQLException {
        int next = bind(statement, first, text.parameters());
        if (next < 0) {
            return -1;
        }
        for (Object value : asked) {
            statement.setObject(next++, value);
        }
        return bind(statement, next, text.parametersAfter());
    }

    private int bind(PreparedStatement statement, int first, List<Integer> parameters) throws SQLException {
        int next = first;
        for (int parameter : parameters) {
            if (!values.bindTo(statement, next++, parameter + 1)) {
                return -1;
            }
        }
        return next;
    }

    /** Whether all rows of other keys come after those of the last row of the page, which are there. */
    private static boolean comeAfter(ResultSet rows, Revalidation.PageKey key, Object last) throws SQLException {
        boolean there = false;
        boolean others = false;
        while (rows.next()) {
            boolean same =
                    last.equals(value(rows, key.position() + 1, key.type().kind()));
            if (same && others) {
                return false;
            }
            there |= same;
            others |= !same;
        }
        return there;
    }

    private static Object value(ResultSet rows, int index, ColumnType.Kind kind) throws SQLException {
        Object value = switch (kind) {
            case INTEGER -> rows.getLong(index);
            case UUID -> rows.getObject(index, UUID.class);
            default -> rows.getString(index);
        };
        if (value == null || rows.wasNull()) {
            throw new SQLException("A primary key is NULL");
        }
        return value;
    }
}
