package dev.staleless.integration.hibernate;

import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** With a version, an enumeration, element collections and purchases. */
@Entity
class Customer {
    enum Standing {
        NEW,
        REGULAR,
        CLOSED
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    @Version
    int version;

    @Column(nullable = false)
    String name;

    String email;

    @Enumerated(EnumType.STRING)
    Standing standing = Standing.NEW;

    LocalDate since;

    @ElementCollection
    @CollectionTable(name = "customer_phone")
    @Column(name = "phone")
    Set<String> phones = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "customer_note")
    @MapKeyColumn(name = "topic")
    @Column(name = "note")
    Map<String, String> notes = new HashMap<>();

    @OneToMany(mappedBy = "customer", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("id")
    List<Purchase> purchases = new ArrayList<>();

    Customer() {}

    Customer(String name, String email, LocalDate since) {
        this.name = name;
        this.email = email;
        this.since = since;
    }
}
