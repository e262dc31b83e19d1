package dev.staleless.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Query;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hints of queries of every kind reach the cache. Nothing is cached that does not ask for it. */
class QueryHintsTest {

    private static final String TITLES = "select b.title from Book b where b.price > :price";

    private static Library library;

    private long hitsBefore;

    @BeforeAll
    static void open() throws SQLException {
        library = Library.open();
    }

    @BeforeEach
    void forget() {
        assertThat(library.source().invalidateAll(Duration.ofSeconds(10))).isTrue();
        hitsBefore = library.hits();
    }

    @AfterAll
    static void close() throws SQLException {
        library.close();
    }

    private long hits() {
        return library.hits() - hitsBefore;
    }

    private static Map<String, Function<EntityManager, Query>> kinds() {
        Map<String, Function<EntityManager, Query>> kinds = new LinkedHashMap<>();
        kinds.put("query", em -> em.createQuery(TITLES));
        kinds.put("typed query", em -> em.createQuery(TITLES, String.class));
        kinds.put("named query", em -> em.createNamedQuery("Book.plain"));
        kinds.put("typed named query", em -> em.createNamedQuery("Book.plain", String.class));
        kinds.put("native query", em -> em.createNativeQuery("select title from Book where price > :price"));
        kinds.put(
                "typed native query",
                em -> em.createNativeQuery("select title from Book where price > :price", String.class));
        return kinds;
    }

    private Object inTransaction(Function<EntityManager, Object> work) {
        return library.factory().fromTransaction(work::apply);
    }

    private static Object run(Query query) {
        return query.setParameter("price", 15).getResultList();
    }

    @Test
    void aTimeCachesQueriesOfEveryKind() {
        kinds().forEach((name, kind) -> {
            long before = hits();
            for (int i = 0; i < 2; i++) {
                Object rows = inTransaction(em -> run(kind.apply(em).setHint("staleless.ttl", "10m")));
                assertThat(rows).as(name).isEqualTo(List.of("Notes", "Letters"));
            }
            assertThat(hits()).as(name).isGreaterThan(before);
        });
    }

    @Test
    void withoutAHintNothingIsCached() {
        kinds().forEach((name, kind) -> {
            inTransaction(em -> run(kind.apply(em)));
            inTransaction(em -> run(kind.apply(em)));
            assertThat(hits()).as(name).isZero();
        });
    }

    @Test
    void onIsEnoughAndOffForbids() {
        for (int i = 0; i < 2; i++) {
            inTransaction(em -> run(em.createQuery(TITLES).setHint("staleless.cache", "on")));
        }
        assertThat(hits()).isEqualTo(1);
        long misses = library.misses();
        inTransaction(
                em -> run(em.createQuery(TITLES).setHint("staleless.ttl", 60).setHint("staleless.cache", "off")));
        assertThat(hits()).isEqualTo(1);
        assertThat(library.misses()).isEqualTo(misses);
    }

    @Test
    void refreshAsksTheDatabaseAndReplacesWhatIsCached() {
        Function<EntityManager, Query> cached =
                em -> em.createQuery(TITLES).setHint("staleless.ttl", Duration.ofHours(1));
        inTransaction(em -> run(cached.apply(em)));
        inTransaction(em -> run(cached.apply(em).setHint("staleless.cache", "refresh")));
        assertThat(hits()).isZero();
        assertThat(library.refreshed()).isEqualTo(1);
        inTransaction(em -> run(cached.apply(em)));
        assertThat(hits()).isEqualTo(1);
    }

    @Test
    void criteriaQueriesHaveHints() {
        Function<EntityManager, Object> work = em -> {
            CriteriaBuilder criteria = em.getCriteriaBuilder();
            CriteriaQuery<String> query = criteria.createQuery(String.class);
            Root<Book> book = query.from(Book.class);
            query.select(book.get("title")).where(criteria.gt(book.get("price"), 15));
            return em.createQuery(query).setHint("staleless.ttl", "1h").getResultList();
        };
        inTransaction(work);
        assertThat(inTransaction(work)).isEqualTo(List.of("Notes", "Letters"));
        assertThat(hits()).isEqualTo(1);
    }

    @Test
    void hintsOfNamedQueriesHold() {
        for (String name : List.of("Book.hinted", "Book.native")) {
            long before = hits();
            inTransaction(em -> run(em.createNamedQuery(name)));
            inTransaction(em -> run(em.createNamedQuery(name)));
            assertThat(hits()).as(name).isGreaterThan(before);
        }
    }

    @Test
    void statelessSessionsHaveHints() {
        for (int i = 0; i < 2; i++) {
            try (StatelessSession session = library.factory().openStatelessSession()) {
                assertThat(session.createSelectionQuery(TITLES, String.class)
                                .setHint("staleless.ttl", "10s")
                                .setParameter("price", 15)
                                .getResultList())
                        .hasSize(2);
            }
        }
        assertThat(hits()).isEqualTo(1);
    }

    @Test
    void aCacheableQueryIsCachedAndOneThatIsNotIsNot() {
        for (int i = 0; i < 2; i++) {
            inTransaction(em -> run(em.createQuery(TITLES).setHint("org.hibernate.cacheable", true)));
        }
        assertThat(hits()).isEqualTo(1);
        inTransaction(em -> run((Query)
                em.unwrap(Session.class).createQuery(TITLES, String.class).setCacheable(true)));
        assertThat(hits()).isEqualTo(2);
        inTransaction(em -> run(em.createQuery(TITLES).setHint("org.hibernate.cacheable", "false")));
        assertThat(hits()).isEqualTo(2);
    }

    @Test
    void findAndASessionsPropertiesHaveHints() {
        Map<String, Object> hints = Map.of("staleless.ttl", "10m");
        for (int i = 0; i < 2; i++) {
            inTransaction(em -> em.find(Book.class, 1L, hints).title);
        }
        assertThat(hits()).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            inTransaction(em -> {
                em.setProperty("staleless.cache", "on");
                return em.find(Book.class, 2L).title;
            });
        }
        assertThat(hits()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            try (EntityManager em = library.factory().createEntityManager(new HashMap<>(hints))) {
                assertThat(em.find(Book.class, 3L).title).isEqualTo("Letters");
            }
        }
        assertThat(hits()).isEqualTo(3);
    }

    @Test
    void selectionQueriesHaveHints() {
        for (int i = 0; i < 2; i++) {
            inTransaction(em -> em.unwrap(Session.class)
                    .createSelectionQuery(TITLES, String.class)
                    .setHint("staleless.ttl", "10s")
                    .setParameter("price", 15)
                    .getResultList());
        }
        assertThat(hits()).isEqualTo(1);
    }

    @Test
    void hintsAreTold() {
        inTransaction(em -> {
            Query query = em.createQuery(TITLES).setHint("staleless.ttl", "10m");
            assertThat(query.getHints()).containsEntry("staleless.ttl", "10m");
            assertThat(em.createQuery(TITLES).getHints()).doesNotContainKey("staleless.ttl");
            return null;
        });
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        inTransaction(em -> {
            assertThatThrownBy(() -> em.createQuery(TITLES).setHint("staleless.ttl", "soon"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("staleless.ttl = soon");
            assertThatThrownBy(() -> em.createQuery(TITLES).setHint("staleless.cache", "maybe"))
                    .hasMessageContaining("allowed are on, off, refresh");
            assertThatThrownBy(() -> em.createQuery(TITLES).setHint("staleless.timeout", "1"))
                    .hasMessageContaining("staleless.timeout is no hint");
            return null;
        });
    }

    @Test
    void theyAreSwitchedOffByASetting() throws SQLException {
        try (Library off = Library.with(Map.of(), Map.of("staleless.hibernate.hints", "false"))) {
            for (int i = 0; i < 2; i++) {
                off.factory()
                        .inTransaction(session -> session.createSelectionQuery("from Book", Book.class)
                                .setHint("staleless.ttl", "10m")
                                .getResultList());
            }
            assertThat(off.hits()).isZero();
        }
    }

    @Test
    void whatIsWrittenIsSeenByQueriesWithHints() {
        Function<EntityManager, Object> read = em -> run(em.createQuery(TITLES).setHint("staleless.ttl", "10m"));
        inTransaction(read);
        library.factory().inTransaction(session -> session.find(Book.class, 1L).price = 25);
        assertThat(inTransaction(read)).isEqualTo(List.of("Engines", "Notes", "Letters"));
        library.factory().inTransaction(session -> session.find(Book.class, 1L).price = 10);
        assertThat(inTransaction(read)).isEqualTo(List.of("Notes", "Letters"));
    }

    @Test
    void aFactoryOfJakartaPersistenceHasHints() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("jakarta.persistence.nonJtaDataSource", library.source());
        try (EntityManagerFactory factory =
                new HibernatePersistenceProvider().createEntityManagerFactory("library", settings)) {
            for (int i = 0; i < 2; i++) {
                try (EntityManager em = factory.createEntityManager()) {
                    assertThat(run(em.createQuery(TITLES).setHint("staleless.ttl", "10m")))
                            .isEqualTo(List.of("Notes", "Letters"));
                }
            }
            assertThat(hits()).isEqualTo(1);
            assertThat(factory.unwrap(SessionFactory.class)).isSameAs(factory);
            assertThat(java.lang.reflect.Proxy.isProxyClass(
                            factory.unwrap(EntityManagerFactory.class).getClass()))
                    .isFalse();
        }
    }

    @Test
    void whatIsObservedIsStillHibernates() {
        library.factory().inTransaction(session -> {
            assertThat(session.getSessionFactory()).isEqualTo(library.factory());
            assertThat(session.unwrap(Session.class)).isSameAs(session);
            assertThat(session.getDelegate()).isEqualTo(session);
            assertThat(session.unwrap(org.hibernate.engine.spi.SessionImplementor.class)
                            .getPersistenceContext())
                    .isNotNull();
            assertThatThrownBy(() -> session.createSelectionQuery("from Nothing", Book.class))
                    .isInstanceOf(RuntimeException.class)
                    .isNotInstanceOf(java.lang.reflect.UndeclaredThrowableException.class);
        });
    }

    @Test
    void whoAsksAQueryForNothingInParticularGetsTheOneBehindTheProxy() {
        inTransaction(em -> {
            Query query = em.createQuery(TITLES, String.class);
            assertThat(Proxy.isProxyClass(query.getClass())).isTrue();
            Object behind = query.unwrap(null);
            assertThat(Proxy.isProxyClass(behind.getClass())).isFalse();
            return query.setParameter("price", 15).getResultList();
        });
    }
}
