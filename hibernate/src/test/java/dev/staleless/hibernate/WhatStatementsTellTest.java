package dev.staleless.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.jdbc.framework.FrameworkHooks;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The statements that Hibernate flushes tell every value that Hibernate knows of the row as it is stored then, without any images of the
 * database: so nothing is gained by asking Hibernate for it.
 */
class WhatStatementsTellTest {

    private static final Set<String> ALL = Set.of("ID", "TITLE", "PRICE", "AUTHOR_ID");

    private static Library library;

    private static final List<ChangeEvent> EVENTS = new ArrayList<>();

    @BeforeAll
    static void open() throws SQLException {
        library = Library.with(Map.of("staleless.images", "never"), Map.of("staleless.entities.*", "all ttl=10m"));
        FrameworkHooks.of(library.source()).listen(new CacheListener() {
            @Override
            public void committed(Collection<ChangeEvent> events) {
                EVENTS.addAll(events);
            }
        });
    }

    @AfterAll
    static void close() throws SQLException {
        library.close();
    }

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    private static ChangeEvent only(Consumer<Session> work, String table) {
        library.factory().inTransaction(work::accept);
        List<ChangeEvent> found = EVENTS.stream()
                .filter(event -> event.table().name().equals(table))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Set<String> exact(Image image) {
        return image.values().entrySet().stream()
                .filter(each -> each.getValue() instanceof AbstractValue.Exact)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Test
    void ofANewRowEverything() {
        ChangeEvent event =
                only(session -> session.persist(new Book(7, "New", 5, session.find(Author.class, 1L))), "BOOK");
        assertThat(event.kind()).isEqualTo(ChangeEvent.Kind.INSERT);
        assertThat(exact(event.after())).isEqualTo(ALL);
    }

    @Test
    void ofAChangedRowEverythingAfterwardsAndTheKeyBefore() {
        ChangeEvent event = only(session -> session.find(Book.class, 1L).price++, "BOOK");
        assertThat(event.kind()).isEqualTo(ChangeEvent.Kind.UPDATE);
        assertThat(exact(event.after())).isEqualTo(ALL);
        assertThat(exact(event.before())).isEqualTo(Set.of("ID"));
    }

    @Test
    void ofAnElementOfACollectionEverything() {
        ChangeEvent event =
                only(session -> session.find(Book.class, 2L).subjects.add("computers"), "BOOK_SUBJECTS");
        assertThat(event.kind()).isEqualTo(ChangeEvent.Kind.INSERT);
        assertThat(exact(event.after())).isEqualTo(Set.of("BOOK_ID", "SUBJECTS"));
    }

    @Test
    void ofAJoinedClassEachTableItsOwn() {
        ChangeEvent event = only(
                session -> {
                    Author.Laureate laureate = new Author.Laureate();
                    laureate.id = 8L;
                    laureate.name = "Grace";
                    laureate.prize = "Turing";
                    session.persist(laureate);
                },
                "LAUREATE");
        assertThat(exact(event.after())).isEqualTo(Set.of("ID", "PRIZE"));
    }
}
