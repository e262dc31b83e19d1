package dev.staleless.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which module may know which, and which libraries stay in their module. */
class ModuleDirectionTest {
    private static final String PRODUCT = "dev.staleless..";

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            nullValues = "nothing",
            value = {
                "core, nothing",
                "sql, core",
                "jdbc, core sql",
                "redis, core",
                "testkit, core",
                "hibernate, core jdbc",
                "spring, core jdbc redis"
            })
    void moduleKnowsOnlyThoseBelowIt(String module, String below) {
        String[] allowed = Stream.concat(
                        Stream.of(module), below == null ? Stream.of() : Arrays.stream(below.split(" ")))
                .map(ModuleDirectionTest::module)
                .toArray(String[]::new);
        check(classes()
                .that()
                .resideInAPackage(module(module))
                .should()
                .onlyDependOnClassesThat(resideInAPackage(PRODUCT).negate().or(resideInAnyPackage(allowed))));
    }

    @Test
    void coreKnowsNeitherJdbcNorAnyLibraryButItsOwn() {
        check(classes()
                .that()
                .resideInAPackage(module("core"))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                module("core"),
                                "java..",
                                "org.jspecify..",
                                "org.slf4j..",
                                "com.github.benmanes.caffeine..")
                        .and(resideInAnyPackage("java.sql..", "javax.sql..").negate())));
    }

    @Test
    void sqlKnowsNoJdbc() {
        check(noClasses()
                .that()
                .resideInAPackage(module("sql"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql.."));
    }

    @Test
    void parserStaysInItsModule() {
        DescribedPredicate<JavaClass> parser =
                resideInAnyPackage("dev.staleless.sql.lex..", "dev.staleless.sql.parse..", "dev.staleless.sql.tree..");
        check(noClasses()
                .that()
                .resideOutsideOfPackage(module("sql"))
                .and()
                .resideInAPackage(PRODUCT)
                .should()
                .dependOnClassesThat(parser));
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "io.lettuce.., dev.staleless.redis..",
        "io.netty.., dev.staleless.redis..",
        "com.fasterxml.jackson.., dev.staleless.jdbc.jackson..",
        "tools.jackson.., dev.staleless.spring..",
        "org.springframework.., dev.staleless.spring..",
        "org.hibernate.boot.., dev.staleless.hibernate..",
        "org.hibernate.query.., dev.staleless.hibernate..",
        "com.zaxxer.hikari.., dev.staleless.jdbc.hikari..",
        "org.postgresql.., dev.staleless.jdbc.result.pgjdbc..",
        "org.mariadb.., dev.staleless.jdbc.result.mariadb..",
        "org.h2.., dev.staleless.jdbc.result.h2.."
    })
    void libraryStaysInItsPackage(String library, String owner) {
        check(noClasses()
                .that()
                .resideInAnyPackage(published())
                .and()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat(resideInAPackage(library)));
    }

    @Test
    void publishedModulesDoNotKnowTheApplicationsBesideThem() {
        check(noClasses()
                .that()
                .resideInAnyPackage(published())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module("examples"), module("benchmarks"), module("cli")));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(Product.classes());
    }

    private static String[] published() {
        return Stream.of("core", "sql", "jdbc", "redis", "hibernate", "testkit", "spring")
                .map(ModuleDirectionTest::module)
                .toArray(String[]::new);
    }

    private static String module(String name) {
        return "dev.staleless." + name + "..";
    }
}
