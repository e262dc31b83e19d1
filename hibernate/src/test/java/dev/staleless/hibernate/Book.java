package dev.staleless.hibernate;

import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.QueryHint;
import java.util.HashSet;
import java.util.Set;

/** With named queries that have hints. */
@Entity
@NamedQuery(
        name = "Book.hinted",
        query = "select b.title from Book b where b.price > :price",
        hints = @QueryHint(name = "staleless.ttl", value = "10m"))
@NamedQuery(name = "Book.plain", query = "select b.title from Book b where b.price > :price")
@NamedNativeQuery(
        name = "Book.native",
        query = "select title from Book where price > :price",
        hints = @QueryHint(name = "staleless.cache", value = "on"))
class Book {

    @Id
    Long id;

    String title;

    int price;

    @ManyToOne(fetch = FetchType.LAZY, cascade = CascadeType.PERSIST)
    Author author;

    @ElementCollection
    Set<String> subjects = new HashSet<>();

    Book() {}

    Book(long id, String title, int price, Author author) {
        this.id = id;
        this.title = title;
        this.price = price;
        this.author = author;
    }
}
