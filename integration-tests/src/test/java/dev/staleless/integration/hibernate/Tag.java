package dev.staleless.integration.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import java.util.HashSet;
import java.util.Set;

/** A label of products. */
@Entity
class Tag {
    @Id
    String label;

    @ManyToMany(mappedBy = "tags")
    Set<Product> products = new HashSet<>();

    Tag() {}

    Tag(String label) {
        this.label = label;
    }
}
