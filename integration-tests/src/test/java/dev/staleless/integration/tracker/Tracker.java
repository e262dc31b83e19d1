package dev.staleless.integration.tracker;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The issue tracker. What it returns can be compared; each call outside of {@link #inTransaction} is one of its own. */
interface Tracker {

    String DDL = """
            CREATE TABLE project (id bigserial PRIMARY KEY, name varchar(60) NOT NULL UNIQUE, archived boolean NOT NULL);
            CREATE TABLE ticket (
              id bigserial PRIMARY KEY,
              project bigint NOT NULL REFERENCES project ON DELETE CASCADE,
              title varchar(80) NOT NULL,
              state varchar(8) NOT NULL DEFAULT 'OPEN',
              priority int NOT NULL,
              assignee varchar(40),
              estimate numeric(6, 2),
              due date NOT NULL,
              version int NOT NULL DEFAULT 1);
            CREATE INDEX ON ticket (project, state);
            CREATE TABLE comment (
              id bigserial PRIMARY KEY,
              ticket bigint NOT NULL REFERENCES ticket ON DELETE CASCADE,
              author varchar(40) NOT NULL,
              text text NOT NULL);
            CREATE TABLE label (
              ticket bigint NOT NULL REFERENCES ticket ON DELETE CASCADE,
              name varchar(30) NOT NULL,
              PRIMARY KEY (ticket, name));
            """;

    /** What a comment says. */
    record Comment(String author, String text) {}

    /** A line of a list, with what is counted for it. */
    record Line(long ticket, String title, String project, long comments) {}

    /** Everything that is shown of a ticket. */
    record Page(Ticket ticket, List<Comment> comments, Set<String> labels) {}

    // ---- reading

    /** Null if there is none. */
    Page page(long ticket);

    /** The next tickets of a project that are not done: the most urgent first, five to a page. */
    List<Ticket> todo(long project, int page);

    /** Tickets whose title contains a text, in whatever case, in one of some states. */
    List<Ticket> search(String text, Set<String> states);

    /** The tickets with a label of projects that are not archived, by id. */
    List<Line> labelled(String label);

    /** How many tickets a project has in each state that has any. */
    Map<String, Long> states(long project);

    /** Days of work of somebody that are not done; null if nothing is known of any. */
    BigDecimal workload(String assignee);

    /** Whether a project has a ticket without a comment. */
    boolean hasUnanswered(long project);

    /** The titles of all tickets by id, read row by row. */
    List<String> export();

    // ---- writing

    long addProject(String name);

    /** The new ticket's id. */
    long add(Ticket ticket);

    /** False if somebody else changed it in between. */
    boolean change(Ticket ticket);

    /** All at once. */
    void comment(long ticket, List<Comment> comments);

    /** Does nothing if it has it. */
    void label(long ticket, String label);

    void unlabel(long ticket, String label);

    /** How many tickets went to somebody else. */
    int reassign(String from, String to);

    /** All at once; how urgent they are by their ids. */
    void prioritize(Map<Long, Integer> priorities);

    void delete(long ticket);

    void archive(long project, boolean archived);

    /** With everything in it. */
    void deleteProject(long project);

    /**
     * Does it in one transaction.
     *
     * @param keep false to undo it at the end
     */
    void inTransaction(boolean keep, Consumer<Tracker> work);
}
