package dev.staleless.integration.mapping;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A hierarchy with a table for each class that are joined, an embedded value, and a set, a list and a map of values. */
@Entity
@Inheritance(strategy = InheritanceType.JOINED)
abstract class Person {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    @Version
    int version;

    @Column(nullable = false)
    String name;

    @Embedded
    Address address;

    @ElementCollection
    @CollectionTable(name = "person_nickname")
    Set<String> nicknames = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "person_skill")
    @OrderColumn(name = "place")
    List<String> skills = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "person_contact")
    @MapKeyColumn(name = "kind")
    @Column(name = "contact")
    Map<String, String> contacts = new HashMap<>();

    /** Where somebody lives. */
    @Embeddable
    static class Address {
        String street;
        String city;

        Address() {}

        Address(String street, String city) {
            this.street = street;
            this.city = city;
        }
    }

    /** With columns in a second table. */
    @Entity(name = "Employee")
    @SecondaryTable(name = "employee_detail")
    static class Employee extends Person {
        BigDecimal salary;

        @Column(table = "employee_detail")
        String desk;
    }

    /** From elsewhere. */
    @Entity(name = "Contractor")
    static class Contractor extends Person {
        String company;
    }
}
