package dev.staleless.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** What is cached of entities: by annotation, by patterns in the settings of the persistence unit and of the data source. */
class EntityProfilesTest {

    private static long hitsOf(Library library, String hql) {
        long before = library.hits();
        for (int i = 0; i < 2; i++) {
            library.factory()
                    .inTransaction(session ->
                            session.createSelectionQuery(hql, Object.class).getResultList());
        }
        return library.hits() - before;
    }

    @Test
    void anAnnotationHoldsForTheEntityAndThoseBelowIt() throws SQLException {
        try (Library library = Library.open()) {
            assertThat(hitsOf(library, "from Author")).isEqualTo(1);
            assertThat(hitsOf(library, "select l.prize from Laureate l")).isEqualTo(1);
            assertThat(hitsOf(library, "select b.id from Book b")).isZero();
        }
    }

    @Test
    void patternsOfPackagesAndClasses() throws SQLException {
        Map<String, Object> unit = Map.of(
                "staleless.entities.dev.staleless.hibernate.*", "fetch ttl=10m",
                "staleless.entities.dev.staleless.hibernate.Author", "none ttl=1m");
        try (Library library = Library.with(Map.of(), unit)) {
            assertThat(hitsOf(library, "select b.id from Book b")).isEqualTo(1);
            assertThat(hitsOf(library, "select count(b) from Book b")).isZero();
            assertThat(hitsOf(library, "select b.title, s from Book b join b.subjects s"))
                    .isEqualTo(1);
            assertThat(hitsOf(library, "select a.name from Author a")).isZero();
        }
    }

    @Test
    void thoseOfTheDataSourceHoldWhereTheUnitSaysNothing() throws SQLException {
        Map<String, String> source = Map.of("staleless.entities.*.Book", "all ttl=10m");
        try (Library library = Library.with(source, Map.of())) {
            assertThat(hitsOf(library, "select count(b) from Book b")).isEqualTo(1);
        }
        try (Library library = Library.with(source, Map.of("staleless.entities.*.Book", "none ttl=1m"))) {
            assertThat(hitsOf(library, "select count(b) from Book b")).isZero();
        }
    }

    @Test
    void aProfileOfTheTableComesFirst() throws SQLException {
        Map<String, String> source =
                Map.of("staleless.entities.*.Book", "all ttl=10m", "staleless.profiles.PUBLIC.BOOK", "none ttl=1m");
        try (Library library = Library.with(source, Map.of())) {
            assertThat(hitsOf(library, "select b.id from Book b")).isZero();
        }
    }

    @Test
    void whatIsNotUnderstoodIsRefusedAtTheStart() {
        assertThatThrownBy(() -> Library.with(Map.of(), Map.of("staleless.entities.*", "soon")))
                .hasStackTraceContaining("staleless.entities.* = soon");
        assertThatThrownBy(() -> Library.with(Map.of(), Map.of("staleless.hibernate.hints", "perhaps")))
                .hasStackTraceContaining("allowed are true, false");
    }

    @Test
    void anotherDataSourceIsLeftAlone() throws SQLException {
        try (Library library = Library.open();
                SessionFactory direct = Library.factory(library.pool(), Map.of())) {
            direct.inTransaction(session -> assertThat(session.createSelectionQuery("from Book", Book.class)
                            .setHint("staleless.ttl", "nothing that is read")
                            .getResultList())
                    .hasSize(3));
            assertThatThrownBy(() -> HibernateCacheStatistics.of(direct)).isInstanceOf(IllegalStateException.class);
        }
    }
}
