package dev.staleless.integration.mapping;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import java.math.BigDecimal;
import java.time.LocalDate;

/** A hierarchy with a whole table for each class: a query for all of them is a UNION. */
@Entity
@Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
abstract class Document {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    String title;

    LocalDate written;

    @ManyToOne(fetch = FetchType.LAZY)
    Person author;

    /** With an amount. */
    @Entity(name = "Invoice")
    static class Invoice extends Document {
        BigDecimal amount;
    }

    /** With pages. */
    @Entity(name = "Report")
    static class Report extends Document {
        int pages;
    }
}
