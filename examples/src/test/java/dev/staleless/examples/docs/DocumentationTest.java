package dev.staleless.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The Java in the documentation compiles and runs, in the order of each page. */
class DocumentationTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final String PRELUDE = """
            import dev.staleless.core.statistics.CacheStatistics;
            import dev.staleless.core.store.memory.MemoryStore;
            import dev.staleless.hibernate.*;
            import dev.staleless.jdbc.*;
            import dev.staleless.jdbc.computed.*;
            import dev.staleless.redis.RedisStore;
            import jakarta.persistence.Entity;
            import jakarta.persistence.Id;
            import jakarta.persistence.Table;
            import java.sql.*;
            import java.time.Duration;
            import java.util.*;
            import javax.sql.DataSource;
            import org.hibernate.SessionFactory;
            import org.hibernate.cfg.Configuration;
            """;

    private static PostgresServer postgres;
    private static RedisServer redis;

    @TempDir
    Path classes;

    @BeforeAll
    static void start() throws SQLException {
        postgres = PostgresServer.start();
        redis = RedisServer.start();
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE product (id bigint PRIMARY KEY, name text, category bigint)");
            statement.execute("INSERT INTO product VALUES (1, 'lamp', 7)");
        }
    }

    @AfterAll
    static void stop() {
        redis.stop();
        postgres.stop();
    }

    @TestFactory
    Stream<DynamicTest> pages() throws IOException {
        Path root = root();
        List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md")));
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages.stream()
                .filter(page -> !blocks(page).isEmpty())
                .map(page -> DynamicTest.dynamicTest(root.relativize(page).toString(), () -> run(page)));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/consistency.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<String> blocks(Path page) {
        try {
            Matcher matcher = BLOCK.matcher(Files.readString(page));
            List<String> blocks = new ArrayList<>();
            while (matcher.find()) {
                blocks.add(matcher.group(1));
            }
            return blocks;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A block that uses {@code cached} without making it goes on from the last one that did. */
    private void run(Path page) throws Exception {
        int number = 0;
        String maker = "";
        for (String block : blocks(page)) {
            boolean makes = block.contains(" cached =");
            maker = makes ? block : maker;
            boolean uses = !makes && block.contains("cached.");
            execute("Example" + number++, uses ? maker + block : block, makes || uses);
        }
    }

    private void execute(String name, String body, boolean closes) throws Exception {
        String source = PRELUDE + "public class " + name
                + " { public static void run(DataSource dataSource) throws Exception {\n"
                + body.replace("redis://localhost", redis.uri())
                + (closes ? "\n((AutoCloseable) cached).close();" : "")
                + "\n} }";
        compile(name, source);
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader); // by which Hibernate finds a page's entities
            loader.loadClass(name).getMethod("run", DataSource.class).invoke(null, dataSource());
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    private void compile(String name, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name + ".java"), javax.tools.JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        var errors = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(errors, null, null, options, null, List.of(file))
                .call();
        assertThat(compiled).as("%s%n%s", errors, source).isTrue();
    }

    private static DataSource dataSource() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.jdbcUrl());
        return dataSource;
    }
}
