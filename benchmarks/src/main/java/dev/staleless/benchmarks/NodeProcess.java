package dev.staleless.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.benchmarks.NodeLoad.Counts;
import dev.staleless.benchmarks.planted.Interlude;
import dev.staleless.benchmarks.planted.PlantedBug;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A node in a JVM of its own, with its load: it can be killed and frozen. */
final class NodeProcess implements AutoCloseable {

    private static final int LONGEST_PAUSE = 30;

    private final Process process;
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final List<String> examples = new ArrayList<>();
    private volatile String lastLine = "";

    private NodeProcess(Process process) {
        this.process = process;
        daemon(this::listen);
        daemon(this::hearErrors);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "node process");
        thread.setDaemon(true);
        thread.start();
    }

    private void hearErrors() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("\t")) {
                    lastLine = line;
                }
            }
        } catch (IOException killed) {
            // what it has said so far is kept
        }
    }

    /**
     * What it is told.
     *
     * @param plainJdbcUrl leads past any fault
     * @param number among the processes of a run
     * @param bug what is planted; null for nothing
     */
    record Start(
            String jdbcUrl,
            String plainJdbcUrl,
            String redisUri,
            long seed,
            int number,
            @Nullable PlantedBug bug) {}

    /** Starts one; it works as soon as it has started. */
    static NodeProcess start(Start start) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        PlantedBug bug = start.bug();
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NodeProcess.class.getName(),
                start.jdbcUrl(),
                start.plainJdbcUrl(),
                start.redisUri(),
                Long.toString(start.seed()),
                Integer.toString(start.number()),
                bug == null ? "" : bug.name());
        return new NodeProcess(builder.start());
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("COUNTS ")) {
                    for (String field : line.substring(7).split(" ")) {
                        String[] parts = field.split("=");
                        last.put(parts[0], Long.parseLong(parts[1]));
                    }
                } else if (line.startsWith("EXAMPLE ")) {
                    synchronized (examples) {
                        examples.add(line.substring(8));
                    }
                }
            }
        } catch (IOException killed) {
            // what it has told so far counts
        }
    }

    /** The last of its errors, but for where an exception came from: why it has ended, if it has. */
    String lastLine() {
        return lastLine + (process.isAlive() ? "" : "; it has ended with " + process.exitValue());
    }

    Counts counts() {
        return new Counts(last("checks"), last("stale"), last("failedReads"), last("commits"), last("refused"));
    }

    long hits() {
        return last("hits");
    }

    long undecided() {
        return last("undecided");
    }

    private long last(String name) {
        return last.getOrDefault(name, 0L);
    }

    List<String> examples() {
        synchronized (examples) {
            return List.copyOf(examples);
        }
    }

    /** While the database is away its reads may fail. */
    void databaseAway(boolean away) {
        tell(away ? "away\n" : "back\n");
    }

    private void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(line.getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException gone) {
            // it was killed
        }
    }

    boolean isWorking() {
        return process.isAlive() && last("checks") > 0;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        try {
            signal("CONT");
            tell("end\n");
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The node's own JVM. Arguments: the components of {@link Start}. */
    public static void main(String[] arguments) throws Exception {
        Start start = new Start(
                arguments[0],
                arguments[1],
                arguments[2],
                Long.parseLong(arguments[3]),
                Integer.parseInt(arguments[4]),
                arguments[5].isEmpty() ? null : PlantedBug.valueOf(arguments[5]));
        DataSource pool = pool(start.jdbcUrl(), 12);
        DataSource plain = pool(start.plainJdbcUrl(), 4);
        try (StalelessDataSource node = node(pool, start.redisUri(), start.bug())) {
            ChaosLoad load = new ChaosLoad(node, plain, start.number());
            load.start(start.seed());
            Thread printer = new Thread(() -> print(node, load), "counts");
            printer.setDaemon(true);
            printer.start();
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null && !line.equals("end"); line = commands.readLine()) {
                load.databaseAway(line.equals("away"));
            }
            load.stop();
        }
        System.exit(0);
    }

    /** A node as both processes have it. */
    static StalelessDataSource node(DataSource pool, String redisUri) {
        return node(pool, store(redisUri));
    }

    /** With a bug, and pauses that let it show; null for neither. */
    static StalelessDataSource node(DataSource pool, String redisUri, @Nullable PlantedBug bug) {
        return node(pool, bug == null ? store(redisUri) : bug.in(store(redisUri), Interlude.pauses(LONGEST_PAUSE)));
    }

    private static StoreProvider store(String redisUri) {
        return RedisStore.builder(redisUri)
                .timeout(Duration.ofSeconds(1))
                .connectTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static StalelessDataSource node(DataSource pool, StoreProvider store) {
        return Staleless.wrap(pool)
                .store(store)
                .namespace("chaos")
                .admission(Admission.ALWAYS)
                .cacheEverything(Duration.ofMinutes(10))
                .build();
    }

    static HikariDataSource pool(String url, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(TimeUnit.SECONDS.toMillis(5));
        pool.setInitializationFailTimeout(-1);
        return pool;
    }

    private static void print(StalelessDataSource node, ChaosLoad load) {
        int told = 0;
        while (true) {
            Counts counts = load.counts();
            System.out.printf(
                    "COUNTS checks=%d stale=%d failedReads=%d commits=%d refused=%d undecided=%d hits=%d%n",
                    counts.checks(),
                    counts.stale(),
                    counts.failedReads(),
                    counts.commits(),
                    counts.refused(),
                    load.undecided(),
                    node.statistics().hits());
            List<String> examples = load.examples();
            for (; told < examples.size(); told++) {
                System.out.println("EXAMPLE " + examples.get(told).replace("\n", " "));
            }
            System.out.flush();
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
