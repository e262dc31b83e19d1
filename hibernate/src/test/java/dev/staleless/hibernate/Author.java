package dev.staleless.hibernate;

import dev.staleless.jdbc.CacheResults;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;

/** Whose queries are cached by an annotation. */
@Entity
@Inheritance(strategy = InheritanceType.JOINED)
@CacheResults(ttl = "10m")
class Author {

    @Id
    Long id;

    String name;

    Author() {}

    Author(long id, String name) {
        this.id = id;
        this.name = name;
    }

    /** Who has won something. */
    @Entity(name = "Laureate")
    static class Laureate extends Author {
        String prize;
    }
}
