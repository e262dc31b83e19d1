package dev.staleless.integration.tracker;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** With nothing but JDBC: batches, generated keys, rows changed where they stand, savepoints, streams. */
final class JdbcTracker implements Tracker {

    private static final String TICKET =
            "SELECT id, project, title, state, priority, assignee, estimate, due, version FROM ticket ";

    private final DataSource source;

    /** Of the transaction; null outside of one. */
    private final Connection own;

    JdbcTracker(DataSource source) {
        this(source, null);
    }

    private JdbcTracker(DataSource source, Connection own) {
        this.source = source;
        this.own = own;
    }

    /** What is done on a connection. */
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T on(boolean transaction, Work<T> work) {
        try {
            if (own != null) {
                return work.on(own);
            }
            try (Connection connection = source.getConnection()) {
                if (!transaction) {
                    return work.on(connection);
                }
                connection.setAutoCommit(false);
                T result = work.on(connection);
                connection.commit();
                connection.setAutoCommit(true);
                return result;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Row<T> row, Object... parameters) {
        return on(false, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                set(statement, parameters);
                try (ResultSet rows = statement.executeQuery()) {
                    List<T> list = new ArrayList<>();
                    while (rows.next()) {
                        list.add(row.of(rows));
                    }
                    return list;
                }
            }
        });
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private int update(String sql, Object... parameters) {
        return on(false, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                set(statement, parameters);
                return statement.executeUpdate();
            }
        });
    }

    private static Ticket ticket(ResultSet row) throws SQLException {
        return new Ticket(
                row.getLong("id"),
                row.getLong("project"),
                row.getString("title"),
                row.getString("state"),
                row.getInt("priority"),
                row.getString("assignee"),
                row.getBigDecimal("estimate"),
                row.getDate("due").toLocalDate(),
                row.getInt("version"));
    }

    @Override
    public Page page(long ticket) {
        return on(true, connection -> {
            JdbcTracker within = new JdbcTracker(source, connection);
            List<Ticket> found = within.list(TICKET + "WHERE id = ?", JdbcTracker::ticket, ticket);
            if (found.isEmpty()) {
                return null;
            }
            List<Comment> comments = within.list(
                    "SELECT author, text FROM comment WHERE ticket = ? ORDER BY id",
                    row -> new Comment(row.getString(1), row.getString(2)),
                    ticket);
            Set<String> labels = new LinkedHashSet<>(within.list(
                    "SELECT name FROM label WHERE ticket = ? ORDER BY name", row -> row.getString(1), ticket));
            return new Page(found.get(0), comments, labels);
        });
    }

    @Override
    public List<Ticket> todo(long project, int page) {
        return list(
                TICKET + "WHERE project = ? AND state <> 'DONE' ORDER BY priority DESC, id LIMIT 5 OFFSET ?",
                JdbcTracker::ticket,
                project,
                page * 5);
    }

    @Override
    public List<Ticket> search(String text, Set<String> states) {
        return on(false, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    TICKET + "WHERE title ILIKE '%' || ? || '%' AND state = ANY (?) ORDER BY id")) {
                statement.setString(1, text);
                statement.setArray(2, connection.createArrayOf("varchar", states.toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    List<Ticket> list = new ArrayList<>();
                    while (rows.next()) {
                        list.add(ticket(rows));
                    }
                    return list;
                }
            }
        });
    }

    @Override
    public List<Line> labelled(String label) {
        return list(
                "SELECT t.id, t.title, p.name, (SELECT count(*) FROM comment c WHERE c.ticket = t.id) FROM ticket t"
                        + " JOIN project p ON p.id = t.project JOIN label l ON l.ticket = t.id"
                        + " WHERE l.name = ? AND NOT p.archived ORDER BY t.id",
                row -> new Line(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)),
                label);
    }

    @Override
    public Map<String, Long> states(long project) {
        Map<String, Long> states = new TreeMap<>();
        list(
                "SELECT state, count(*) AS number FROM ticket WHERE project = ? GROUP BY state",
                row -> states.put(row.getString("state"), row.getLong("number")),
                project);
        return states;
    }

    @Override
    public BigDecimal workload(String assignee) {
        return list(
                        "SELECT sum(estimate) FROM ticket WHERE assignee = ? AND state <> 'DONE'",
                        row -> new BigDecimal[] {row.getBigDecimal(1)},
                        assignee)
                .get(0)[0];
    }

    @Override
    public boolean hasUnanswered(long project) {
        return list(
                        "SELECT EXISTS (SELECT 1 FROM ticket t WHERE t.project = ?"
                                + " AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.ticket = t.id))",
                        row -> row.getBoolean(1),
                        project)
                .get(0);
    }

    @Override
    public List<String> export() {
        return on(true, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT title FROM ticket ORDER BY id")) {
                statement.setFetchSize(4);
                try (ResultSet rows = statement.executeQuery()) {
                    List<String> titles = new ArrayList<>();
                    while (rows.next()) {
                        titles.add(rows.getString("title"));
                    }
                    return titles;
                }
            }
        });
    }

    @Override
    public long addProject(String name) {
        return on(false, connection -> {
            try (Statement statement = connection.createStatement()) {
                String quoted = statement.enquoteLiteral(name);
                statement.executeUpdate(
                        "INSERT INTO project (name, archived) VALUES (" + quoted + ", false)",
                        Statement.RETURN_GENERATED_KEYS);
                return key(statement);
            }
        });
    }

    private static long key(Statement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong("id");
        }
    }

    @Override
    public long add(Ticket ticket) {
        return on(false, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO ticket (project, title, state, priority, assignee, estimate, due)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    new String[] {"id"})) {
                statement.setLong(1, ticket.project());
                statement.setString(2, ticket.title());
                statement.setString(3, ticket.state());
                statement.setInt(4, ticket.priority());
                statement.setString(5, ticket.assignee());
                statement.setBigDecimal(6, ticket.estimate());
                statement.setDate(7, Date.valueOf(ticket.due()));
                statement.executeUpdate();
                return key(statement);
            }
        });
    }

    @Override
    public boolean change(Ticket ticket) {
        return update(
                        "UPDATE ticket SET title = ?, state = ?, priority = ?, assignee = ?, estimate = ?, version = version + 1"
                                + " WHERE id = ? AND version = ?",
                        ticket.title(),
                        ticket.state(),
                        ticket.priority(),
                        ticket.assignee(),
                        ticket.estimate(),
                        ticket.id(),
                        ticket.version())
                == 1;
    }

    @Override
    public void comment(long ticket, List<Comment> comments) {
        on(true, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO comment (ticket, author, text) VALUES (?, ?, ?)")) {
                for (Comment comment : comments) {
                    set(statement, ticket, comment.author(), comment.text());
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /** Tries, and goes back to where it was if the label is there. */
    @Override
    public void label(long ticket, String label) {
        on(true, connection -> {
            Savepoint before = connection.setSavepoint();
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO label (ticket, name) VALUES (?, ?)")) {
                set(statement, ticket, label);
                statement.executeUpdate();
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                if (!"23505".equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback(before);
            }
            return null;
        });
    }

    @Override
    public void unlabel(long ticket, String label) {
        update("DELETE FROM label WHERE ticket = ? AND name = ?", ticket, label);
    }

    @Override
    public int reassign(String from, String to) {
        return update("UPDATE ticket SET assignee = ?, version = version + 1 WHERE assignee = ?", to, from);
    }

    /** Changes the rows where they stand in a result. */
    @Override
    public void prioritize(Map<Long, Integer> priorities) {
        on(true, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT id, priority FROM ticket WHERE id = ANY (?) ORDER BY id",
                    ResultSet.TYPE_SCROLL_SENSITIVE,
                    ResultSet.CONCUR_UPDATABLE)) {
                statement.setArray(
                        1,
                        connection.createArrayOf("bigint", priorities.keySet().toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rows.updateInt("priority", priorities.get(rows.getLong("id")));
                        rows.updateRow();
                    }
                }
                return null;
            }
        });
    }

    @Override
    public void delete(long ticket) {
        on(false, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM ticket WHERE id = " + ticket);
            }
        });
    }

    @Override
    public void archive(long project, boolean archived) {
        update("UPDATE project SET archived = ? WHERE id = ?", archived, project);
    }

    @Override
    public void deleteProject(long project) {
        update("DELETE FROM project WHERE id = ?", project);
    }

    @Override
    public void inTransaction(boolean keep, Consumer<Tracker> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            work.accept(new JdbcTracker(source, connection));
            if (keep) {
                connection.commit();
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
