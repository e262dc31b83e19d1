package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The page on Spring Boot: its Java compiles, its properties are understood. */
class GuideTest {

    private static final Pattern MEMBERS = Pattern.compile("```java spring\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROPERTIES = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

    /** What the members stand in. */
    private static final String FRAME = """
            import dev.staleless.jdbc.computed.*;
            import dev.staleless.spring.*;
            import dev.staleless.spring.shop.*;
            import dev.staleless.spring.test.*;
            import java.time.Duration;
            import java.util.*;
            import org.junit.jupiter.api.Test;
            import org.springframework.cache.annotation.*;
            import org.springframework.http.*;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.context.request.WebRequest;
            public class Guide%d {
              record View(int id, String name) {
                static View of(Item item) {
                  return new View(item.getId(), item.getName());
                }
              }
              Items items;
              ComputedPages pages;
              static String render(List<Item> of) {
                return of.toString();
              }
            %s
            }
            """;

    @TempDir
    Path classes;

    private static String page() throws Exception {
        return Files.readString(Path.of("").toAbsolutePath().getParent().resolve("docs/guide/spring-boot.md"));
    }

    @Test
    void itsJavaCompiles() throws Exception {
        Matcher block = MEMBERS.matcher(page());
        int number = 0;
        while (block.find()) {
            compile("Guide" + number, FRAME.formatted(number, block.group(1)));
            number++;
        }
        assertThat(number).isGreaterThanOrEqualTo(3);
    }

    private void compile(String name, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
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

    @Test
    void itsPropertiesAreUnderstood() throws Exception {
        Matcher block = PROPERTIES.matcher(page());
        assertThat(block.find()).isTrue();
        var properties = new java.util.Properties();
        properties.load(new java.io.StringReader(block.group(1)));
        StandardEnvironment environment = new StandardEnvironment();
        java.util.Map<String, Object> all = new java.util.HashMap<>();
        properties.forEach((name, value) -> all.put((String) name, value));
        environment.getPropertySources().addFirst(new MapPropertySource("guide", all));
        StalelessSettings settings = StalelessSettings.of(environment);
        settings.apply(
                "dataSource",
                dev.staleless.jdbc.Staleless.wrap(new org.springframework.jdbc.datasource.SimpleDriverDataSource()));
    }
}
