package dev.staleless.integration.tracker;

import static dev.staleless.integration.tracker.JooqTables.COMMENT;
import static dev.staleless.integration.tracker.JooqTables.COMMENT_AUTHOR;
import static dev.staleless.integration.tracker.JooqTables.COMMENT_ID;
import static dev.staleless.integration.tracker.JooqTables.COMMENT_TEXT;
import static dev.staleless.integration.tracker.JooqTables.COMMENT_TICKET;
import static dev.staleless.integration.tracker.JooqTables.LABEL;
import static dev.staleless.integration.tracker.JooqTables.LABEL_NAME;
import static dev.staleless.integration.tracker.JooqTables.LABEL_TICKET;
import static dev.staleless.integration.tracker.JooqTables.PROJECT;
import static dev.staleless.integration.tracker.JooqTables.PROJECT_ARCHIVED;
import static dev.staleless.integration.tracker.JooqTables.PROJECT_ID;
import static dev.staleless.integration.tracker.JooqTables.PROJECT_NAME;
import static dev.staleless.integration.tracker.JooqTables.TICKET;

import dev.staleless.integration.tracker.JooqTables.TicketRecord;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataChangedException;
import org.jooq.impl.DSL;

/** With jOOQ: records that are stored, batches, upserts, nested collections, lazy results, nested transactions. */
final class JooqTracker implements Tracker {

    private final DSLContext dsl;

    JooqTracker(DataSource source) {
        this(DSL.using(source, SQLDialect.POSTGRES, new Settings().withExecuteWithOptimisticLocking(true)));
    }

    private JooqTracker(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Ends a transaction that is not to be kept. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Ticket ticket(TicketRecord row) {
        return new Ticket(
                row.get(TICKET.id),
                row.get(TICKET.project),
                row.get(TICKET.title),
                row.get(TICKET.state),
                row.get(TICKET.priority),
                row.get(TICKET.assignee),
                row.get(TICKET.estimate),
                row.get(TICKET.due),
                row.get(TICKET.version));
    }

    /** The ticket, and what belongs to it as collections within its row. */
    @Override
    public Page page(long ticket) {
        Field<List<Comment>> comments = DSL.multiset(dsl.select(COMMENT_AUTHOR, COMMENT_TEXT)
                        .from(COMMENT)
                        .where(COMMENT_TICKET.eq(TICKET.id))
                        .orderBy(COMMENT_ID))
                .convertFrom(rows -> rows.map(row -> new Comment(row.value1(), row.value2())));
        Field<Set<String>> labels = DSL.multiset(dsl.select(LABEL_NAME)
                        .from(LABEL)
                        .where(LABEL_TICKET.eq(TICKET.id))
                        .orderBy(LABEL_NAME))
                .convertFrom(rows -> new LinkedHashSet<>(rows.map(row -> row.value1())));
        return dsl.select(TICKET, comments, labels)
                .from(TICKET)
                .where(TICKET.id.eq(ticket))
                .fetchOne(row -> new Page(ticket(row.value1()), row.value2(), row.value3()));
    }

    @Override
    public List<Ticket> todo(long project, int page) {
        return dsl.selectFrom(TICKET)
                .where(TICKET.project.eq(project))
                .and(TICKET.state.ne("DONE"))
                .orderBy(TICKET.priority.desc(), TICKET.id)
                .limit(5)
                .offset(page * 5)
                .fetch(JooqTracker::ticket);
    }

    @Override
    public List<Ticket> search(String text, Set<String> states) {
        return dsl.selectFrom(TICKET)
                .where(TICKET.title.containsIgnoreCase(text))
                .and(TICKET.state.in(states))
                .orderBy(TICKET.id)
                .fetch(JooqTracker::ticket);
    }

    @Override
    public List<Line> labelled(String label) {
        Field<Long> comments = DSL.field(dsl.selectCount().from(COMMENT).where(COMMENT_TICKET.eq(TICKET.id)))
                .cast(Long.class);
        return dsl.select(TICKET.id, TICKET.title, PROJECT_NAME, comments)
                .from(TICKET)
                .join(PROJECT)
                .on(PROJECT_ID.eq(TICKET.project))
                .join(LABEL)
                .on(LABEL_TICKET.eq(TICKET.id))
                .where(LABEL_NAME.eq(label))
                .andNot(PROJECT_ARCHIVED)
                .orderBy(TICKET.id)
                .fetch(row -> new Line(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    @Override
    public Map<String, Long> states(long project) {
        Field<Long> number = DSL.count().cast(Long.class);
        return dsl.select(TICKET.state, number)
                .from(TICKET)
                .where(TICKET.project.eq(project))
                .groupBy(TICKET.state)
                .fetchMap(TICKET.state, number);
    }

    @Override
    public BigDecimal workload(String assignee) {
        return dsl.select(DSL.sum(TICKET.estimate))
                .from(TICKET)
                .where(TICKET.assignee.eq(assignee).and(TICKET.state.ne("DONE")))
                .fetchSingle()
                .value1();
    }

    @Override
    public boolean hasUnanswered(long project) {
        return dsl.fetchExists(
                TICKET,
                TICKET.project
                        .eq(project)
                        .andNotExists(dsl.selectOne().from(COMMENT).where(COMMENT_TICKET.eq(TICKET.id))));
    }

    @Override
    public List<String> export() {
        return dsl.transactionResult(transaction -> {
            try (Stream<String> titles = transaction
                    .dsl()
                    .select(TICKET.title)
                    .from(TICKET)
                    .orderBy(TICKET.id)
                    .fetchSize(4)
                    .fetchStream()
                    .map(row -> row.value1())) {
                return titles.toList();
            }
        });
    }

    @Override
    public long addProject(String name) {
        return dsl.insertInto(PROJECT, PROJECT_NAME, PROJECT_ARCHIVED)
                .values(name, false)
                .returningResult(PROJECT_ID)
                .fetchSingle()
                .value1();
    }

    @Override
    public long add(Ticket ticket) {
        TicketRecord row = dsl.newRecord(TICKET);
        row.set(TICKET.project, ticket.project());
        row.set(TICKET.title, ticket.title());
        row.set(TICKET.state, ticket.state());
        row.set(TICKET.priority, ticket.priority());
        row.set(TICKET.assignee, ticket.assignee());
        row.set(TICKET.estimate, ticket.estimate());
        row.set(TICKET.due, ticket.due());
        row.store();
        return row.get(TICKET.id);
    }

    @Override
    public boolean change(Ticket ticket) {
        TicketRecord row = dsl.newRecord(TICKET);
        row.set(TICKET.id, ticket.id());
        row.set(TICKET.version, ticket.version());
        row.changed(false);
        row.set(TICKET.title, ticket.title());
        row.set(TICKET.state, ticket.state());
        row.set(TICKET.priority, ticket.priority());
        row.set(TICKET.assignee, ticket.assignee());
        row.set(TICKET.estimate, ticket.estimate());
        try {
            return row.update() == 1;
        } catch (DataChangedException e) {
            return false;
        }
    }

    @Override
    public void comment(long ticket, List<Comment> comments) {
        dsl.transaction(transaction -> transaction
                .dsl()
                .batch(comments.stream()
                        .map(comment -> (Query) transaction
                                .dsl()
                                .insertInto(COMMENT, COMMENT_TICKET, COMMENT_AUTHOR, COMMENT_TEXT)
                                .values(ticket, comment.author(), comment.text()))
                        .toList())
                .execute());
    }

    @Override
    public void label(long ticket, String label) {
        dsl.insertInto(LABEL, LABEL_TICKET, LABEL_NAME)
                .values(ticket, label)
                .onConflictDoNothing()
                .execute();
    }

    @Override
    public void unlabel(long ticket, String label) {
        dsl.deleteFrom(LABEL)
                .where(LABEL_TICKET.eq(ticket).and(LABEL_NAME.eq(label)))
                .execute();
    }

    @Override
    public int reassign(String from, String to) {
        return dsl.update(TICKET)
                .set(TICKET.assignee, to)
                .set(TICKET.version, TICKET.version.plus(1))
                .where(TICKET.assignee.eq(from))
                .execute();
    }

    @Override
    public void prioritize(Map<Long, Integer> priorities) {
        dsl.transaction(transaction -> {
            var batch = transaction
                    .dsl()
                    .batch(transaction
                            .dsl()
                            .update(TICKET)
                            .set(TICKET.priority, 0)
                            .where(TICKET.id.eq(0L)));
            priorities.forEach((id, priority) -> batch.bind(priority, id));
            batch.execute();
        });
    }

    @Override
    public void delete(long ticket) {
        TicketRecord row = dsl.fetchOne(TICKET, TICKET.id.eq(ticket));
        if (row != null) {
            row.delete();
        }
    }

    @Override
    public void archive(long project, boolean archived) {
        dsl.update(PROJECT)
                .set(PROJECT_ARCHIVED, archived)
                .where(PROJECT_ID.eq(project))
                .execute();
    }

    @Override
    public void deleteProject(long project) {
        dsl.deleteFrom(PROJECT).where(PROJECT_ID.eq(project)).execute();
    }

    @Override
    public void inTransaction(boolean keep, Consumer<Tracker> work) {
        try {
            dsl.transaction(transaction -> {
                work.accept(new JooqTracker(transaction.dsl()));
                if (!keep) {
                    throw new Undone();
                }
            });
        } catch (Undone e) {
            // That is what was asked for.
        }
    }
}
