package dev.staleless.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.criteria.CriteriaQuery;
import java.sql.SQLException;
import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted by entity and by query. */
class HibernateCacheStatisticsTest {

    private static final String CHEAP = "select b.title from Book b where b.price < 15";

    private Library library;

    @BeforeEach
    void open() throws SQLException {
        library = Library.with(Map.of("staleless.images", "always"), Map.of("staleless.entities.*", "all ttl=10m"));
    }

    @AfterEach
    void close() throws SQLException {
        library.close();
    }

    private void read(String hql) {
        library.factory()
                .inTransaction(session ->
                        session.createSelectionQuery(hql, Object.class).getResultList());
    }

    private HibernateCacheStatistics statistics() {
        return HibernateCacheStatistics.of(library.factory());
    }

    @Test
    void hitsMissesAndDropsByQuery() {
        read(CHEAP);
        read(CHEAP);
        library.factory().inTransaction(session -> session.find(Book.class, 2L).price = 12);
        read(CHEAP);
        library.factory().inTransaction(session -> session.find(Book.class, 3L).price = 33);
        read(CHEAP);
        assertThat(statistics().byQuery()).containsEntry(CHEAP, new QueryCounts(2, 2, 0, 1, 1));
    }

    @Test
    void aJoinCountsForEachOfItsEntities() {
        read("select b.title, a.name from Book b join b.author a");
        read("select b.title, a.name from Book b join b.author a");
        read("select s from Book b join b.subjects s");
        QueryCounts book = statistics().byEntity().get(Book.class.getName());
        QueryCounts author = statistics().byEntity().get(Author.class.getName());
        assertThat(book).isEqualTo(new QueryCounts(1, 2, 0, 0, 0));
        assertThat(author).isEqualTo(new QueryCounts(1, 1, 0, 0, 0));
    }

    @Test
    void criteriaHaveATextAndWhatNoQueryAsksForIsNamedByItsSql() {
        library.factory().inTransaction(session -> {
            CriteriaQuery<Book> query = session.getCriteriaBuilder().createQuery(Book.class);
            query.from(Book.class);
            session.createQuery(query).getResultList();
        });
        library.factory().inTransaction(session -> session.find(Author.class, 1L));
        assertThat(statistics().byQuery().keySet())
                .anyMatch(text -> text.contains("from dev.staleless.hibernate.Book"))
                .anyMatch(text -> text.startsWith("select") && text.contains("Author"));
    }

    @Test
    void nativeQueriesAreNamedByTheirSql() {
        library.factory()
                .inTransaction((Session session) -> session.createNativeQuery("select title from Book", String.class)
                        .getResultList());
        assertThat(statistics().byQuery()).containsKey("select title from Book");
    }

    @Test
    void nothingIsCountedWhereItIsSwitchedOff() throws SQLException {
        try (Library off = Library.with(Map.of(), Map.of("staleless.hibernate.statistics", "false"))) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> HibernateCacheStatistics.of(off.factory()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
