package dev.staleless.integration.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Random work with the issue tracker on some nodes. Whatever is read on a node, inside of a transaction and outside, has to be
 * what the same application reads that asks the database itself.
 */
abstract class TrackerContract {

    private static final long SEED = Long.getLong("tests.seed", 20_261_124L);
    private static final int STEPS = Integer.getInteger("tests.steps", 80);
    private static final List<String> PEOPLE = List.of("ada", "grace", "edsger", "barbara");
    private static final List<String> LABELS = List.of("bug", "idea", "later");
    private static final List<String> WORDS = List.of("Login", "fails", "Slow", "page", "50% off", "x_y", "Größe");
    private static final List<String> STATES = List.of("OPEN", "DOING", "DONE");

    private final Random random = new Random(SEED);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final String database = "tracker" + UUID.randomUUID().toString().replace("-", "");
    private final List<Long> projects = new ArrayList<>();
    private final List<Long> tickets = new ArrayList<>();
    private int reads;

    /** The application over a data source. */
    abstract Tracker tracker(DataSource source);

    @Test
    void readsWhatTheDatabaseSaysOverAStoreInTheProcess() throws Exception {
        run(1, MemoryStore.create());
    }

    @Test
    void readsWhatTheDatabaseSaysOnTwoNodesThatShareRedis() throws Exception {
        run(2, RedisStore.connect(RedisServer.shared().uri()));
    }

    private void run(int count, StoreProvider store) throws Exception {
        execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + database);
        try {
            execute(PostgresServer.shared().jdbcUrl(database), Tracker.DDL);
            Tracker direct = tracker(pool());
            List<StalelessDataSource> sources = new ArrayList<>();
            List<Tracker> nodes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                StalelessDataSource source = Staleless.wrap(pool())
                        .store(store)
                        .cacheEverything(Duration.ofMinutes(10))
                        .build();
                opened.push(source);
                sources.add(source);
                nodes.add(tracker(source));
            }
            fill(nodes.get(0));
            for (int step = 0; step < STEPS; step++) {
                Tracker node = nodes.get(random.nextInt(count));
                String done = random.nextInt(4) == 0 ? inTransaction(node) : write(node);
                for (int look = 0; look < 6; look++) {
                    compare(nodes, direct, "step " + step + ", " + done);
                }
            }
            long hits = sources.stream()
                    .mapToLong(source -> source.statistics().hits())
                    .sum();
            assertThat(hits)
                    .as("%d reads, %s", reads, sources.get(0).statistics())
                    .isGreaterThan(reads * 3L / 10);
        } finally {
            for (AutoCloseable each : opened) {
                each.close();
            }
            execute(PostgresServer.shared().jdbcUrl(), "DROP DATABASE " + database + " WITH (FORCE)");
        }
    }

    private DataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(PostgresServer.shared().jdbcUrl(database));
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        opened.push(pool);
        return pool;
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void fill(Tracker node) {
        for (int i = 0; i < 3; i++) {
            projects.add(node.addProject("Project " + i));
        }
        for (int i = 0; i < 30; i++) {
            tickets.add(node.add(ticket()));
        }
    }

    private Ticket ticket() {
        return new Ticket(
                0,
                one(projects),
                one(WORDS) + " " + one(WORDS),
                one(STATES),
                random.nextInt(10),
                random.nextInt(3) == 0 ? null : one(PEOPLE),
                random.nextInt(4) == 0 ? null : new BigDecimal(random.nextInt(900)).movePointLeft(2),
                LocalDate.of(2026, 1 + random.nextInt(12), 3),
                1);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Two reads and writes at least, of which it reads each back; kept or not. */
    private String inTransaction(Tracker node) {
        boolean keep = random.nextInt(3) > 0;
        List<Long> projectsBefore = List.copyOf(projects);
        List<Long> ticketsBefore = List.copyOf(tickets);
        StringBuilder done = new StringBuilder(keep ? "transaction:" : "transaction undone:");
        node.inTransaction(keep, within -> {
            int writes = 1 + random.nextInt(3);
            for (int i = 0; i < writes; i++) {
                done.append(' ').append(write(within));
                ownChanges(within, done.toString());
            }
        });
        if (!keep) {
            projects.clear();
            projects.addAll(projectsBefore);
            tickets.clear();
            tickets.addAll(ticketsBefore);
        }
        return done.toString();
    }

    /** Ways to ask for the same within a transaction agree. */
    private void ownChanges(Tracker within, String after) {
        long project = one(projects);
        Map<String, Long> found = new TreeMap<>();
        for (Ticket ticket : within.search("", new TreeSet<>(STATES))) {
            if (ticket.project() == project) {
                found.merge(ticket.state(), 1L, Long::sum);
            }
        }
        assertThat(within.states(project)).as("seed %d, %s", SEED, after).isEqualTo(found);
        long todo = found.getOrDefault("OPEN", 0L) + found.getOrDefault("DOING", 0L);
        assertThat(within.todo(project, 0)).as("seed %d, %s", SEED, after).hasSize((int) Math.min(5, todo));
    }

    private String write(Tracker node) {
        long id = one(tickets);
        Tracker.Page page = node.page(id);
        switch (random.nextInt(14)) {
            case 0 -> tickets.add(node.add(ticket()));
            case 1 -> {
                if (page != null && page.ticket().id() != 0) {
                    assertThat(node.change(page.ticket().withState(one(STATES))))
                            .isTrue();
                }
            }
            case 2 -> {
                if (page != null) {
                    Ticket next = page.ticket().withTitle(one(WORDS) + " " + one(WORDS));
                    assertThat(node.change(next)).isTrue();
                    assertThat(node.change(next)).as("changed by somebody else").isFalse();
                }
            }
            case 3 -> {
                if (page != null) {
                    Ticket other = ticket();
                    node.change(page.ticket().withWork(other.priority(), other.assignee(), other.estimate()));
                }
            }
            case 4, 5 -> {
                if (page != null) {
                    node.comment(id, comments());
                }
            }
            case 6, 7 -> {
                if (page != null) {
                    node.label(id, one(LABELS));
                }
            }
            case 8 -> node.unlabel(id, one(LABELS));
            case 9 -> node.reassign(one(PEOPLE), one(PEOPLE));
            case 10 -> node.prioritize(priorities());
            case 11 -> node.delete(id);
            case 12 -> node.archive(one(projects), random.nextBoolean());
            default -> replaceProject(node);
        }
        return "write on ticket " + id;
    }

    /** Now and then: nearly everything goes with it. */
    private void replaceProject(Tracker node) {
        if (random.nextInt(4) == 0) {
            long project = one(projects);
            node.deleteProject(project);
            projects.remove(project);
            projects.add(node.addProject("Project " + random.nextLong()));
            for (int i = 0; i < 8; i++) {
                tickets.add(node.add(ticket()));
            }
        }
    }

    private List<Tracker.Comment> comments() {
        List<Tracker.Comment> comments = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            comments.add(new Tracker.Comment(one(PEOPLE), one(WORDS)));
        }
        return comments;
    }

    private Map<Long, Integer> priorities() {
        Map<Long, Integer> priorities = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            priorities.put(one(tickets), random.nextInt(10));
        }
        return priorities;
    }

    private void compare(List<Tracker> nodes, Tracker direct, String after) {
        Map.Entry<String, Function<Tracker, Object>> read = one(List.copyOf(reads().entrySet()));
        Object expected = read.getValue().apply(direct);
        for (Tracker node : nodes) {
            for (int time = 0; time < 2; time++) {
                reads++;
                assertThat(read.getValue().apply(node))
                        .as("%s, seed %d, after %s, time %d", read.getKey(), SEED, after, time)
                        .isEqualTo(expected);
            }
        }
    }

    private Map<String, Function<Tracker, Object>> reads() {
        long ticket = one(tickets);
        long project = one(projects);
        String word = one(WORDS);
        String label = one(LABELS);
        String person = one(PEOPLE);
        int page = random.nextInt(3);
        Set<String> states = new TreeSet<>(List.of(one(STATES), "OPEN"));
        Map<String, Function<Tracker, Object>> reads = new HashMap<>();
        reads.put("page", tracker -> tracker.page(ticket));
        reads.put("todo", tracker -> tracker.todo(project, page));
        reads.put("search", tracker -> tracker.search(word, states));
        reads.put("labelled", tracker -> tracker.labelled(label));
        reads.put("states", tracker -> tracker.states(project));
        reads.put("workload", tracker -> tracker.workload(person));
        reads.put("unanswered", tracker -> tracker.hasUnanswered(project));
        reads.put("export", Tracker::export);
        return reads;
    }
}
