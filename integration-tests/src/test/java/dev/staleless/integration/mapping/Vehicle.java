package dev.staleless.integration.mapping;

import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.math.BigDecimal;

/** A hierarchy in one table. */
@Entity
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)
@DiscriminatorColumn(name = "kind")
abstract class Vehicle {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    @Version
    int version;

    String plate;

    @ManyToOne(fetch = FetchType.LAZY)
    Person owner;

    /** With doors. */
    @Entity(name = "Car")
    static class Car extends Vehicle {
        Integer doors;
    }

    /** With a load, in tons. */
    @Entity(name = "Truck")
    static class Truck extends Vehicle {
        BigDecimal tons;
    }
}
