package dev.staleless.integration.tracker;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.query.Param;

/** The tables as Spring Data JDBC sees them. */
final class SpringDataRows {

    private SpringDataRows() {}

    @Table("project")
    static class Project {
        @Id
        Long id;

        String name;
        boolean archived;
    }

    @Table("ticket")
    static class TicketRow {
        @Id
        Long id;

        @Version
        int version;

        long project;
        String title;
        String state;
        int priority;
        String assignee;
        BigDecimal estimate;
        LocalDate due;

        Ticket ticket() {
            return new Ticket(id, project, title, state, priority, assignee, estimate, due, version);
        }

        static TicketRow of(Ticket ticket) {
            TicketRow row = new TicketRow();
            row.id = ticket.id() == 0 ? null : ticket.id();
            row.version = ticket.id() == 0 ? 0 : ticket.version();
            row.project = ticket.project();
            row.title = ticket.title();
            row.state = ticket.state();
            row.priority = ticket.priority();
            row.assignee = ticket.assignee();
            row.estimate = ticket.estimate();
            row.due = ticket.due();
            return row;
        }
    }

    @Table("comment")
    static class CommentRow {
        @Id
        Long id;

        long ticket;
        String author;
        String text;

        static CommentRow of(long ticket, Tracker.Comment comment) {
            CommentRow row = new CommentRow();
            row.ticket = ticket;
            row.author = comment.author();
            row.text = comment.text();
            return row;
        }
    }

    /** A count, and of what. */
    record Counted(String state, long number) {}

    interface Projects extends ListCrudRepository<Project, Long> {}

    interface Tickets extends ListCrudRepository<TicketRow, Long> {

        List<TicketRow> findByProjectAndStateNot(long project, String state, Pageable page);

        List<TicketRow> findByTitleContainingIgnoreCaseAndStateInOrderById(String text, Set<String> states);

        Stream<TicketRow> streamByIdGreaterThanOrderById(long id);

        @Query("SELECT state, count(*) AS number FROM ticket WHERE project = :project GROUP BY state")
        List<Counted> states(@Param("project") long project);

        @Query("SELECT sum(estimate) FROM ticket WHERE assignee = :assignee AND state <> 'DONE'")
        BigDecimal workload(@Param("assignee") String assignee);

        @Query("SELECT count(*) > 0 FROM ticket WHERE project = :project"
                + " AND id NOT IN (SELECT ticket FROM comment)")
        boolean unanswered(@Param("project") long project);

        @Query("SELECT t.id AS ticket, t.title, p.name AS project,"
                + " (SELECT count(*) FROM comment c WHERE c.ticket = t.id) AS comments"
                + " FROM ticket t JOIN project p ON p.id = t.project"
                + " WHERE t.id IN (SELECT ticket FROM label WHERE name = :label) AND NOT p.archived ORDER BY t.id")
        List<Tracker.Line> labelled(@Param("label") String label);

        @Modifying
        @Query("UPDATE ticket SET assignee = :to, version = version + 1 WHERE assignee = :from")
        int reassign(@Param("from") String from, @Param("to") String to);
    }

    interface Comments extends ListCrudRepository<CommentRow, Long> {

        List<CommentRow> findByTicketOrderById(long ticket);
    }

    static List<Tracker.Comment> comments(List<CommentRow> rows) {
        List<Tracker.Comment> comments = new ArrayList<>();
        rows.forEach(row -> comments.add(new Tracker.Comment(row.author, row.text)));
        return comments;
    }
}
