package dev.staleless.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Beside Hibernate's second-level cache: what that has is not asked for, and what both have is right. */
class SecondLevelCacheTest {

    private static final long SEED = Long.getLong("tests.seed", 20_261_125L);
    private static final int STEPS = Integer.getInteger("tests.steps", 80);

    private static final List<Function<Session, Object>> READS = List.of(
            session -> titles(session, "from Book b where b.price > 20 order by b.id"),
            session -> titles(session, "from Book b join fetch b.author a where a.name = 'Ada' order by b.id"),
            session -> session.createSelectionQuery("select max(b.price) from Book b", Integer.class)
                    .getSingleResult(),
            session -> find(session, 1),
            session -> find(session, 2),
            session -> session.find(Author.class, 1L).name);

    private static Library library;
    private static SessionFactory direct;

    @BeforeAll
    static void open() throws SQLException {
        library = Library.with(
                Map.of(),
                Map.of(
                        "staleless.entities.*", "all ttl=10m",
                        "hibernate.cache.use_second_level_cache", "true",
                        "hibernate.cache.region.factory_class", MapRegions.class.getName(),
                        "jakarta.persistence.sharedCache.mode", "ALL",
                        "hibernate.generate_statistics", "true"));
        direct = Library.factory(library.pool(), Map.of());
    }

    @AfterAll
    static void close() throws SQLException {
        direct.close();
        library.close();
    }

    private static List<String> titles(Session session, String hql) {
        return session.createSelectionQuery(hql, Book.class).list().stream()
                .map(book -> book.title + book.price)
                .toList();
    }

    private static Object find(Session session, long id) {
        Book book = session.find(Book.class, id);
        return book == null ? "none" : book.title + " " + book.price + " " + new java.util.TreeSet<>(book.subjects);
    }

    @Test
    void whatIsInTheSecondLevelCacheIsNotAskedOfStaleless() {
        library.factory().inTransaction(session -> session.find(Author.class, 1L));
        long asked = library.hits() + library.misses();
        library.factory().inTransaction(session -> session.find(Author.class, 1L));
        assertThat(library.hits() + library.misses()).isEqualTo(asked);
    }

    @Test
    void randomWorkReadsNothingStale() {
        Random random = new Random(SEED);
        for (int step = 0; step < STEPS; step++) {
            int kind = random.nextInt(5);
            library.factory().inTransaction(session -> write(session, random, kind));
            for (Function<Session, Object> read : READS) {
                Object expected = direct.fromTransaction(read::apply);
                for (int time = 1; time <= 2; time++) {
                    assertThat(library.factory().<Object>fromTransaction(read::apply))
                            .as(
                                    "read %d, time %d, write %d, step %d, seed %d",
                                    READS.indexOf(read), time, kind, step, SEED)
                            .isEqualTo(expected);
                }
            }
        }
        assertThat(library.hits()).isGreaterThan(STEPS);
        assertThat(library.factory().getStatistics().getSecondLevelCacheHitCount())
                .isGreaterThan(STEPS);
    }

    private static void write(Session session, Random random, int kind) {
        int price = random.nextInt(60);
        switch (kind) {
            case 0 -> session.find(Book.class, 1L).price = price;
            case 1 ->
                session.createMutationQuery("update Book b set b.price = :price where b.id = 2")
                        .setParameter("price", price)
                        .executeUpdate();
            case 2 ->
                session.createNativeMutationQuery("update Book set title = 'T" + price + "' where id = 1")
                        .executeUpdate();
            case 3 -> session.find(Book.class, 2L).subjects.add("s" + random.nextInt(4));
            default -> session.find(Author.class, 1L).name = random.nextBoolean() ? "Ada" : "Grace";
        }
    }
}
