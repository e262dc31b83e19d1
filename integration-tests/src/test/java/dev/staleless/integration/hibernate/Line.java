package dev.staleless.integration.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** A line of a purchase. */
@Entity
class Line {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Purchase purchase;

    int position;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Product product;

    int quantity;

    Line() {}

    Line(Purchase purchase, int position, Product product, int quantity) {
        this.purchase = purchase;
        this.position = position;
        this.product = product;
        this.quantity = quantity;
    }
}
