package dev.staleless.integration.tracker;

import dev.staleless.integration.tracker.SpringDataRows.CommentRow;
import dev.staleless.integration.tracker.SpringDataRows.Comments;
import dev.staleless.integration.tracker.SpringDataRows.Project;
import dev.staleless.integration.tracker.SpringDataRows.Projects;
import dev.staleless.integration.tracker.SpringDataRows.TicketRow;
import dev.staleless.integration.tracker.SpringDataRows.Tickets;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** With Spring Data JDBC: repositories, derived queries, streams, and beside them JdbcClient and JdbcTemplate. */
final class SpringDataTracker implements Tracker {

    private static final Sort URGENT = Sort.by(Sort.Order.desc("priority"), Sort.Order.asc("id"));

    private final TransactionTemplate transactions;
    private final Projects projects;
    private final Tickets tickets;
    private final Comments comments;
    private final JdbcClient client;
    private final JdbcTemplate template;

    private SpringDataTracker(AnnotationConfigApplicationContext context) {
        transactions = new TransactionTemplate(context.getBean(DataSourceTransactionManager.class));
        projects = context.getBean(Projects.class);
        tickets = context.getBean(Tickets.class);
        comments = context.getBean(Comments.class);
        client = JdbcClient.create(context.getBean(DataSource.class));
        template = new JdbcTemplate(context.getBean(DataSource.class));
    }

    /** The application. */
    @Configuration
    @EnableJdbcRepositories(considerNestedRepositories = true, basePackageClasses = SpringDataRows.class)
    static class Application extends AbstractJdbcConfiguration {
        @Bean
        NamedParameterJdbcOperations operations(DataSource source) {
            return new NamedParameterJdbcTemplate(source);
        }

        @Bean
        DataSourceTransactionManager transactionManager(DataSource source) {
            return new DataSourceTransactionManager(source);
        }
    }

    static SpringDataTracker over(DataSource source) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> source, definition -> definition.setDestroyMethodName(""));
        context.register(Application.class);
        context.refresh();
        return new SpringDataTracker(context);
    }

    @Override
    public Page page(long ticket) {
        return transactions.execute(status -> tickets.findById(ticket)
                .map(row -> new Page(
                        row.ticket(), SpringDataRows.comments(comments.findByTicketOrderById(ticket)), labels(ticket)))
                .orElse(null));
    }

    private Set<String> labels(long ticket) {
        return new LinkedHashSet<>(client.sql("SELECT name FROM label WHERE ticket = :ticket ORDER BY name")
                .param("ticket", ticket)
                .query(String.class)
                .list());
    }

    private static List<Ticket> tickets(List<TicketRow> rows) {
        return rows.stream().map(TicketRow::ticket).toList();
    }

    @Override
    public List<Ticket> todo(long project, int page) {
        return tickets(tickets.findByProjectAndStateNot(project, "DONE", PageRequest.of(page, 5, URGENT)));
    }

    @Override
    public List<Ticket> search(String text, Set<String> states) {
        return tickets(tickets.findByTitleContainingIgnoreCaseAndStateInOrderById(text, states));
    }

    @Override
    public List<Line> labelled(String label) {
        return tickets.labelled(label);
    }

    @Override
    public Map<String, Long> states(long project) {
        Map<String, Long> states = new TreeMap<>();
        tickets.states(project).forEach(counted -> states.put(counted.state(), counted.number()));
        return states;
    }

    @Override
    public BigDecimal workload(String assignee) {
        return tickets.workload(assignee);
    }

    @Override
    public boolean hasUnanswered(long project) {
        return tickets.unanswered(project);
    }

    @Override
    public List<String> export() {
        return transactions.execute(status -> {
            try (Stream<TicketRow> rows = tickets.streamByIdGreaterThanOrderById(0)) {
                return rows.map(row -> row.title).toList();
            }
        });
    }

    @Override
    public long addProject(String name) {
        Project project = new Project();
        project.name = name;
        return projects.save(project).id;
    }

    @Override
    public long add(Ticket ticket) {
        return tickets.save(TicketRow.of(ticket)).id;
    }

    @Override
    public boolean change(Ticket ticket) {
        try {
            tickets.save(TicketRow.of(ticket));
            return true;
        } catch (OptimisticLockingFailureException e) {
            return false;
        }
    }

    @Override
    public void comment(long ticket, List<Comment> added) {
        comments.saveAll(
                added.stream().map(comment -> CommentRow.of(ticket, comment)).toList());
    }

    @Override
    public void label(long ticket, String label) {
        client.sql(
                        "INSERT INTO label (ticket, name) VALUES (?, ?) ON CONFLICT (ticket, name) DO UPDATE SET name = excluded.name")
                .params(ticket, label)
                .update();
    }

    @Override
    public void unlabel(long ticket, String label) {
        template.update("DELETE FROM label WHERE ticket = ? AND name = ?", ticket, label);
    }

    @Override
    public int reassign(String from, String to) {
        return tickets.reassign(from, to);
    }

    @Override
    public void prioritize(Map<Long, Integer> priorities) {
        List<Object[]> rows = priorities.entrySet().stream()
                .map(each -> new Object[] {each.getValue(), each.getKey()})
                .toList();
        template.batchUpdate("UPDATE ticket SET priority = ? WHERE id = ?", rows);
    }

    @Override
    public void delete(long ticket) {
        tickets.deleteById(ticket);
    }

    @Override
    public void archive(long project, boolean archived) {
        projects.findById(project).ifPresent(found -> {
            found.archived = archived;
            projects.save(found);
        });
    }

    @Override
    public void deleteProject(long project) {
        projects.deleteById(project);
    }

    @Override
    public void inTransaction(boolean keep, Consumer<Tracker> work) {
        transactions.executeWithoutResult(status -> {
            work.accept(this);
            if (!keep) {
                status.setRollbackOnly();
            }
        });
    }
}
