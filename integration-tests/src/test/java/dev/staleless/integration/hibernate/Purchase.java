package dev.staleless.integration.hibernate;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** What a customer bought at once. */
@Entity
class Purchase {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    @Version
    int version;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Customer customer;

    LocalDateTime madeAt;

    @Column(precision = 10, scale = 2)
    BigDecimal total;

    @OneToMany(mappedBy = "purchase", cascade = CascadeType.ALL, orphanRemoval = true)
    @OrderBy("position")
    List<Line> lines = new ArrayList<>();

    Purchase() {}

    Purchase(Customer customer, LocalDateTime madeAt, BigDecimal total) {
        this.customer = customer;
        this.madeAt = madeAt;
        this.total = total;
    }

    Purchase add(Product product, int quantity) {
        lines.add(new Line(this, lines.size(), product, quantity));
        return this;
    }
}
