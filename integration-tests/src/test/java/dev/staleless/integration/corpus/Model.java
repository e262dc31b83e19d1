package dev.staleless.integration.corpus;

import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The corpus' tables as entities. */
final class Model {

    static final List<Class<?>> ENTITIES = List.of(
            Category.class,
            Customer.class,
            Product.class,
            Tag.class,
            Order.class,
            Line.class,
            Payment.class,
            Review.class,
            Member.class,
            Project.class,
            Issue.class,
            Label.class,
            Remark.class,
            Department.class,
            Employee.class,
            Clerk.class,
            Worker.class,
            Party.class,
            Person.class,
            Company.class,
            Asset.class,
            Building.class,
            Machine.class,
            Tenant.class,
            Account.class,
            Booking.class);

    private Model() {}

    @Entity(name = "Category")
    static class Category {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        Category parent;

        String name;
        int position;

        @OneToMany(mappedBy = "parent")
        List<Category> children = new ArrayList<>();
    }

    @Embeddable
    static class Address {
        String street;
        String zip;
        String city;
        String country;
    }

    @Entity(name = "Customer")
    static class Customer {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @Version
        int version;

        String email;
        String name;

        @Embedded
        Address address = new Address();

        LocalDate birthday;
        boolean active;
        BigDecimal credit;

        @Column(name = "registered_at")
        LocalDateTime registeredAt = LocalDateTime.of(2026, 1, 2, 3, 4);

        @OneToMany(mappedBy = "customer")
        List<Order> orders = new ArrayList<>();
    }

    @Entity(name = "Product")
    static class Product {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @Version
        int version;

        String sku;
        String name;
        String description;
        BigDecimal price = BigDecimal.ONE;
        Double weight;
        int stock;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "category_id")
        Category category;

        boolean discontinued;

        @Column(name = "created_at")
        LocalDateTime createdAt = LocalDateTime.of(2026, 1, 2, 3, 4);

        @ManyToMany
        @JoinTable(
                name = "product_tag",
                joinColumns = @JoinColumn(name = "product_id"),
                inverseJoinColumns = @JoinColumn(name = "tag_id"))
        Set<Tag> tags = new HashSet<>();
    }

    @Entity(name = "Tag")
    static class Tag {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;

        @ManyToMany(mappedBy = "tags")
        Set<Product> products = new HashSet<>();
    }

    @Entity(name = "Order")
    @Table(name = "orders")
    static class Order {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        @Version
        int version;

        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        Customer customer;

        String status;
        BigDecimal total;

        @Column(name = "placed_at")
        LocalDateTime placedAt = LocalDateTime.of(2026, 1, 2, 3, 4);

        @Column(name = "shipped_at")
        LocalDateTime shippedAt;

        String note;

        @OneToMany(mappedBy = "order", cascade = CascadeType.ALL, orphanRemoval = true)
        @OrderBy("position")
        List<Line> lines = new ArrayList<>();
    }

    @Entity(name = "Line")
    @Table(name = "order_line")
    static class Line {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        Order order;

        @ManyToOne(optional = false)
        Product product;

        int position;
        int quantity;
        BigDecimal price = BigDecimal.ONE;
    }

    @Entity(name = "Payment")
    static class Payment {
        @Id
        UUID id;

        @ManyToOne(optional = false)
        Order order;

        String method;
        BigDecimal amount;

        @Column(name = "paid_at")
        OffsetDateTime paidAt;
    }

    @Embeddable
    static class ReviewId {
        @Column(name = "product_id")
        Long productId;

        @Column(name = "customer_id")
        Long customerId;

        @Override
        public boolean equals(Object other) {
            return other instanceof ReviewId id && id.productId.equals(productId) && id.customerId.equals(customerId);
        }

        @Override
        public int hashCode() {
            return productId.hashCode() * 31 + customerId.hashCode();
        }
    }

    @Entity(name = "Review")
    static class Review {
        @EmbeddedId
        ReviewId id = new ReviewId();

        @MapsId("productId")
        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "product_id")
        Product product;

        @MapsId("customerId")
        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "customer_id")
        Customer customer;

        short stars;
        String body;

        @Column(name = "written_on")
        LocalDate writtenOn = LocalDate.of(2026, 1, 2);
    }

    @Entity(name = "Member")
    static class Member {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String login;

        @Column(name = "full_name")
        String fullName;

        String email;
        boolean admin;

        @Column(name = "last_seen")
        LocalDateTime lastSeen;
    }

    @Entity(name = "Project")
    static class Project {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String code;
        String title;

        @ManyToOne
        Member lead;

        boolean archived;

        @OneToMany(mappedBy = "project")
        List<Issue> issues = new ArrayList<>();
    }

    @Entity(name = "Issue")
    static class Issue {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @Version
        int version;

        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        Project project;

        int number;
        String title;
        String body;
        String state;
        short priority;

        @ManyToOne(fetch = FetchType.LAZY)
        Member reporter;

        @ManyToOne
        Member assignee;

        @ManyToOne(fetch = FetchType.LAZY)
        Issue parent;

        @Column(name = "due_on")
        LocalDate dueOn;

        @Column(name = "created_at")
        LocalDateTime createdAt = LocalDateTime.of(2026, 1, 2, 3, 4);

        @Column(name = "updated_at")
        LocalDateTime updatedAt;

        @ManyToMany
        @JoinTable(
                name = "issue_label",
                joinColumns = @JoinColumn(name = "issue_id"),
                inverseJoinColumns = @JoinColumn(name = "label_id"))
        List<Label> labels = new ArrayList<>();

        @OneToMany(mappedBy = "issue", cascade = CascadeType.ALL)
        List<Remark> remarks = new ArrayList<>();
    }

    @Entity(name = "Label")
    static class Label {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        Project project;

        String name;
        String color;
    }

    @Entity(name = "Remark")
    static class Remark {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        Issue issue;

        @ManyToOne(optional = false)
        Member author;

        String body;

        @Column(name = "written_at")
        LocalDateTime writtenAt = LocalDateTime.of(2026, 1, 2, 3, 4);
    }

    @Entity(name = "Department")
    static class Department {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;
        String location;
        BigDecimal budget;

        @OneToMany(mappedBy = "department")
        List<Employee> employees = new ArrayList<>();
    }

    @Entity(name = "Employee")
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    @DiscriminatorColumn(name = "kind")
    abstract static class Employee {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;

        @ManyToOne(fetch = FetchType.LAZY)
        Department department;

        @ManyToOne(fetch = FetchType.LAZY)
        Employee manager;

        @Column(name = "hired_on")
        LocalDate hiredOn = LocalDate.of(2026, 1, 2);

        @ElementCollection
        @CollectionTable(name = "employee_skill", joinColumns = @JoinColumn(name = "employee_id"))
        @Column(name = "skill")
        Set<String> skills = new HashSet<>();
    }

    @Entity(name = "Clerk")
    @DiscriminatorValue("CLERK")
    static class Clerk extends Employee {
        BigDecimal salary;
        BigDecimal bonus;
    }

    @Entity(name = "Worker")
    @DiscriminatorValue("WORKER")
    static class Worker extends Employee {
        @Column(name = "hourly_rate")
        BigDecimal hourlyRate;
    }

    @Entity(name = "Party")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Party {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name = "n";
        String phone;
    }

    @Entity(name = "Person")
    static class Person extends Party {
        @Column(name = "first_name")
        String firstName;

        @Column(name = "born_on")
        LocalDate bornOn;
    }

    @Entity(name = "Company")
    static class Company extends Party {
        @Column(name = "tax_number")
        String taxNumber;

        Integer employees;
    }

    @Entity(name = "Asset")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    abstract static class Asset {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        String label;

        @Column(name = "acquired_on")
        LocalDate acquiredOn;
    }

    @Entity(name = "Building")
    static class Building extends Asset {
        Integer floors;
    }

    @Entity(name = "Machine")
    static class Machine extends Asset {
        String maker;
        Double power;
    }

    @Entity(name = "Tenant")
    static class Tenant {
        @Id
        Integer id;

        String name;
        String plan;
    }

    @Embeddable
    static class AccountId {
        @Column(name = "tenant_id")
        int tenantId;

        String number;

        @Override
        public boolean equals(Object other) {
            return other instanceof AccountId id && id.tenantId == tenantId && id.number.equals(number);
        }

        @Override
        public int hashCode() {
            return tenantId * 31 + number.hashCode();
        }
    }

    @Entity(name = "Account")
    static class Account {
        @EmbeddedId
        AccountId id = new AccountId();

        String owner;
        BigDecimal balance = BigDecimal.ZERO;
        String currency;

        @Column(name = "opened_on")
        LocalDate openedOn = LocalDate.of(2026, 1, 2);

        boolean closed;
    }

    @Entity(name = "Booking")
    static class Booking {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @ManyToOne
        @JoinColumn(name = "tenant_id", referencedColumnName = "tenant_id")
        @JoinColumn(name = "account_number", referencedColumnName = "number")
        Account account;

        BigDecimal amount;
        String purpose;

        @Column(name = "booked_at")
        LocalDateTime bookedAt = LocalDateTime.of(2026, 1, 2, 3, 4);
    }
}
