package dev.staleless.integration.tracker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** With MyBatis: dynamic SQL, generated keys, several rows in one INSERT, the batch executor, cursors. */
final class MyBatisTracker implements Tracker {

    private final SqlSessionFactory factory;

    /** Of the transaction; null outside of one. */
    private final SqlSession own;

    MyBatisTracker(DataSource source) {
        Configuration configuration =
                new Configuration(new Environment("tracker", new JdbcTransactionFactory(), source));
        // Its own cache of a session would answer in place of the one that is tested.
        configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
        configuration.addMapper(TicketMapper.class);
        factory = new SqlSessionFactoryBuilder().build(configuration);
        own = null;
    }

    private MyBatisTracker(SqlSessionFactory factory, SqlSession own) {
        this.factory = factory;
        this.own = own;
    }

    private <T> T on(Function<TicketMapper, T> work) {
        if (own != null) {
            return work.apply(own.getMapper(TicketMapper.class));
        }
        try (SqlSession session = factory.openSession()) {
            T result = work.apply(session.getMapper(TicketMapper.class));
            session.commit();
            return result;
        }
    }

    private void change(Consumer<TicketMapper> work) {
        on(mapper -> {
            work.accept(mapper);
            return null;
        });
    }

    @Override
    public Page page(long ticket) {
        return on(mapper -> {
            Ticket found = mapper.ticket(ticket);
            return found == null ? null : new Page(found, mapper.comments(ticket), mapper.labels(ticket));
        });
    }

    @Override
    public List<Ticket> todo(long project, int page) {
        return on(mapper -> mapper.todo(project, page * 5));
    }

    @Override
    public List<Ticket> search(String text, Set<String> states) {
        return on(mapper -> mapper.search(text, states));
    }

    @Override
    public List<Line> labelled(String label) {
        return on(mapper -> mapper.labelled(label));
    }

    @Override
    public Map<String, Long> states(long project) {
        Map<String, Long> states = new TreeMap<>();
        on(mapper -> mapper.states(project))
                .forEach(row -> states.put((String) row.get("state"), (Long) row.get("number")));
        return states;
    }

    @Override
    public BigDecimal workload(String assignee) {
        return on(mapper -> mapper.workload(assignee));
    }

    @Override
    public boolean hasUnanswered(long project) {
        return on(mapper -> mapper.unanswered(project)) > 0;
    }

    @Override
    public List<String> export() {
        return on(mapper -> {
            try (Cursor<String> titles = mapper.titles()) {
                List<String> list = new ArrayList<>();
                titles.forEach(list::add);
                return list;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public long addProject(String name) {
        TicketMapper.Named project = new TicketMapper.Named(name);
        change(mapper -> mapper.addProject(project));
        return project.id;
    }

    @Override
    public long add(Ticket ticket) {
        TicketMapper.Stored stored = new TicketMapper.Stored(ticket);
        change(mapper -> mapper.add(stored));
        return stored.id;
    }

    @Override
    public boolean change(Ticket ticket) {
        return on(mapper -> mapper.change(ticket)) == 1;
    }

    @Override
    public void comment(long ticket, List<Comment> comments) {
        change(mapper -> mapper.comment(ticket, comments));
    }

    @Override
    public void label(long ticket, String label) {
        change(mapper -> mapper.label(ticket, label));
    }

    @Override
    public void unlabel(long ticket, String label) {
        change(mapper -> mapper.unlabel(ticket, label));
    }

    @Override
    public int reassign(String from, String to) {
        return on(mapper -> mapper.reassign(from, to));
    }

    /** By the batch executor; within a transaction on its connection, which is not to be closed with the session. */
    @Override
    public void prioritize(Map<Long, Integer> priorities) {
        if (own != null) {
            prioritize(factory.openSession(ExecutorType.BATCH, own.getConnection()), priorities);
            return;
        }
        try (SqlSession session = factory.openSession(ExecutorType.BATCH)) {
            prioritize(session, priorities);
            session.commit();
        }
    }

    private static void prioritize(SqlSession session, Map<Long, Integer> priorities) {
        priorities.forEach(session.getMapper(TicketMapper.class)::prioritize);
        session.flushStatements();
    }

    @Override
    public void delete(long ticket) {
        change(mapper -> mapper.delete(ticket));
    }

    @Override
    public void archive(long project, boolean archived) {
        change(mapper -> mapper.archive(project, archived));
    }

    @Override
    public void deleteProject(long project) {
        change(mapper -> mapper.deleteProject(project));
    }

    @Override
    public void inTransaction(boolean keep, Consumer<Tracker> work) {
        try (SqlSession session = factory.openSession()) {
            work.accept(new MyBatisTracker(factory, session));
            if (keep) {
                session.commit();
            } else {
                session.rollback();
            }
        }
    }
}
