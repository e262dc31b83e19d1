package dev.staleless.integration.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** With an assigned UUID, and tags on a join table. */
@Entity
class Product {
    @Id
    UUID id;

    @Column(nullable = false)
    String name;

    @Column(precision = 10, scale = 2)
    BigDecimal price;

    boolean available = true;

    @ManyToMany
    @JoinTable(name = "product_tag")
    Set<Tag> tags = new HashSet<>();

    Product() {}

    Product(UUID id, String name, BigDecimal price) {
        this.id = id;
        this.name = name;
        this.price = price;
    }
}
