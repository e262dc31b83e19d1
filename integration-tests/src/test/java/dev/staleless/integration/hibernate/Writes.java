package dev.staleless.integration.hibernate;

import jakarta.persistence.OptimisticLockException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** Every way in which a session writes, in an order in which each finds what it needs. Each is one or more transactions. */
final class Writes {

    private static final LocalDateTime NOON = LocalDateTime.of(2024, 5, 1, 12, 0);

    private final UUID product;
    private final Map<String, Consumer<SessionFactory>> all = new LinkedHashMap<>();

    Writes(UUID product) {
        this.product = product;
        entities();
        collections();
        bulk();
        transactions();
        ends();
    }

    Map<String, Consumer<SessionFactory>> all() {
        return all;
    }

    /** The rows that everything else starts from: customers 1 to 3, the product, tags, two purchases. */
    static void fill(SessionFactory factory, UUID product) {
        factory.inTransaction(session -> {
            Customer ada = new Customer("Ada", "ada@example.org", LocalDate.of(2020, 2, 29));
            Customer grace = new Customer("Grace", null, LocalDate.of(2021, 7, 1));
            Customer li = new Customer("李", "li@example.org", null);
            List.of(ada, grace, li).forEach(session::persist);
            ada.phones.add("+49 1");
            ada.notes.put("tone", "formal");
            Product pen = new Product(product, "Pen", new BigDecimal("1.50"));
            Product ink = new Product(new UUID(0, 2), "Ink", new BigDecimal("8.25"));
            Tag writing = new Tag("writing");
            List.of(pen, ink, writing, new Tag("blue")).forEach(session::persist);
            pen.tags.add(writing);
            ada.purchases.add(new Purchase(ada, NOON, new BigDecimal("3.00")).add(pen, 2));
            grace.purchases.add(new Purchase(grace, NOON.plusDays(1), new BigDecimal("19.50"))
                    .add(pen, 2)
                    .add(ink, 2));
        });
    }

    private void write(String name, Consumer<Session> work) {
        all.put(name, factory -> factory.inTransaction(work::accept));
    }

    private static Customer customer(Session session, long id) {
        return session.find(Customer.class, id);
    }

    private void entities() {
        write("persist", session -> session.persist(new Customer("Edsger", "e@example.org", LocalDate.of(2020, 6, 1))));
        write("dirty checking", session -> customer(session, 2).email = "grace@example.org");
        write("enumeration", session -> customer(session, 1).standing = Customer.Standing.REGULAR);
        write("batch insert", session -> {
            for (int i = 0; i < 25; i++) {
                session.persist(new Product(new UUID(1, i), "Batch " + i, new BigDecimal(i)));
            }
        });
        write(
                "batch update",
                session -> session.createSelectionQuery("from Product where name like 'Batch %'", Product.class)
                        .list()
                        .forEach(each -> each.price = each.price.add(BigDecimal.ONE)));
        all.put("merge of a detached entity", factory -> {
            Customer detached = factory.fromTransaction(session -> customer(session, 3));
            detached.name = "Li";
            factory.inTransaction(session -> session.merge(detached));
        });
        write("update to null", session -> customer(session, 3).email = null);
        write("lock and update", session -> {
            Customer locked = session.find(Customer.class, 1L, jakarta.persistence.LockModeType.PESSIMISTIC_WRITE);
            locked.since = LocalDate.of(2022, 1, 1);
        });
    }

    private void collections() {
        write("cascade to new children", session -> {
            Customer ada = customer(session, 1);
            ada.purchases.add(new Purchase(ada, NOON.plusDays(2), new BigDecimal("42.00"))
                    .add(session.find(Product.class, product), 5));
        });
        write("orphan removal", session -> customer(session, 1).purchases.remove(0));
        write("child to another parent", session -> {
            Purchase moved = session.createSelectionQuery(
                            "from Purchase where customer.id = 2 order by id", Purchase.class)
                    .setMaxResults(1)
                    .getSingleResult();
            // The inverse side is not touched: as an owner of the association would do it.
            moved.customer = customer(session, 3);
        });
        write("element added", session -> customer(session, 1).phones.add("+49 2"));
        write("element removed", session -> customer(session, 1).phones.remove("+49 1"));
        write("elements replaced", session -> {
            customer(session, 2).phones.clear();
            customer(session, 2).phones.addAll(List.of("+49 1", "+1 555"));
        });
        write("map entry replaced", session -> customer(session, 1).notes.put("tone", "casual"));
        write(
                "many to many added",
                session -> session.find(Product.class, product).tags.add(session.find(Tag.class, "blue")));
        write(
                "many to many removed",
                session -> session.find(Product.class, product).tags.remove(session.find(Tag.class, "writing")));
        write(
                "many to many cleared",
                session -> session.find(Product.class, product).tags.clear());
        write(
                "many to many of many",
                session -> session.createSelectionQuery("from Product where price > 5", Product.class)
                        .list()
                        .forEach(each -> each.tags.add(session.getReference(Tag.class, "writing"))));
    }

    private void bulk() {
        write(
                "bulk update",
                session -> session.createMutationQuery("update Customer c set c.standing = :s where c.name like 'E%'")
                        .setParameter("s", Customer.Standing.CLOSED)
                        .executeUpdate());
        write(
                "versioned bulk update",
                session -> session.createMutationQuery(
                                "update versioned Customer c set c.email = 'bulk@example.org' where c.id in (1, 3)")
                        .executeUpdate());
        write(
                "bulk update by a sub-select",
                session -> session.createMutationQuery(
                                "update Product p set p.available = false where p.id not in (select l.product.id from Line l)")
                        .executeUpdate());
        write(
                "arithmetic",
                session -> session.createMutationQuery(
                                "update Purchase p set p.total = p.total * 2 where p.customer.id = 3")
                        .executeUpdate());
        write(
                "insert select",
                session -> session.createMutationQuery(
                                "insert into Tag (label) select concat('from ', c.name) from Customer c where c.id < 3")
                        .executeUpdate());
        write(
                "bulk delete",
                session -> session.createMutationQuery(
                                "delete from Product p where p.name like 'Batch 1%' and p.id not in "
                                        + "(select q.id from Product q join q.tags)")
                        .executeUpdate());
        write(
                "native update",
                session -> session.createNativeMutationQuery("UPDATE customer SET name = name || '!' WHERE id = ?")
                        .setParameter(1, 2L)
                        .executeUpdate());
        write(
                "native upsert",
                session -> session.createNativeMutationQuery(
                                "INSERT INTO tag (label) VALUES ('blue') ON CONFLICT DO NOTHING")
                        .executeUpdate());
        write(
                "native delete using",
                session -> session.createNativeMutationQuery(
                                "DELETE FROM customer_phone f USING customer c WHERE f.customer_id = c.id AND c.name = 'Ada'")
                        .executeUpdate());
    }

    private void transactions() {
        all.put("rollback", factory -> {
            try (Session session = factory.openSession()) {
                session.beginTransaction();
                customer(session, 1).name = "Nobody";
                session.persist(new Customer("Ghost", null, null));
                session.flush();
                session.getTransaction().rollback();
            }
        });
        all.put("optimistic lock that fails", factory -> {
            try (Session late = factory.openSession()) {
                late.beginTransaction();
                Customer seen = customer(late, 1);
                factory.inTransaction(session -> customer(session, 1).name = "Ada L.");
                seen.name = "Lost update";
                boolean refused = false;
                try {
                    late.getTransaction().commit();
                } catch (OptimisticLockException | IllegalStateException e) {
                    refused = true;
                } catch (jakarta.persistence.RollbackException e) {
                    refused = e.getCause() instanceof OptimisticLockException;
                }
                if (!refused) {
                    throw new AssertionError("a lost update was not noticed");
                }
            }
        });
        all.put(
                "savepoint rolled back",
                factory -> factory.inTransaction(session -> session.doWork(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.executeUpdate("UPDATE customer SET name = 'Kept' WHERE id = 3");
                        var savepoint = connection.setSavepoint();
                        statement.executeUpdate("UPDATE customer SET name = 'Dropped' WHERE id = 1");
                        connection.rollback(savepoint);
                    }
                })));
        all.put("autocommit", factory -> {
            try (Session session = factory.openSession()) {
                session.doWork(connection -> {
                    boolean before = connection.getAutoCommit();
                    connection.setAutoCommit(true);
                    try (var statement = connection.createStatement()) {
                        statement.executeUpdate("UPDATE customer SET email = 'auto@example.org' WHERE id = 2");
                    }
                    connection.setAutoCommit(before);
                });
            }
        });
    }

    private void ends() {
        write("delete with its children", session -> session.remove(customer(session, 3)));
        write(
                "key that comes back",
                session -> session.createNativeMutationQuery(
                                "INSERT INTO customer (id, version, name) VALUES (3, 0, 'Again')")
                        .executeUpdate());
        write(
                "truncate",
                session -> session.createNativeMutationQuery("TRUNCATE line, product_tag")
                        .executeUpdate());
    }
}
