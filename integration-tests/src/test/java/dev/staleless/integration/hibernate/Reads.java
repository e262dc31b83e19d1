package dev.staleless.integration.hibernate;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.Session;

/** Every way in which a session reads, each yielding plain values that can be compared. */
final class Reads {

    private final Map<String, Function<Session, Object>> all = new LinkedHashMap<>();

    Reads(UUID product) {
        entities(product);
        collections();
        queries();
        criteriaAndNative();
    }

    /** By name. */
    Map<String, Function<Session, Object>> all() {
        return all;
    }

    private static List<Object> describe(Customer customer) {
        return customer == null
                ? List.of()
                : Arrays.asList(
                        customer.id,
                        customer.version,
                        customer.name,
                        customer.email,
                        customer.standing,
                        customer.since);
    }

    private static List<Object> describe(Product product) {
        return product == null ? List.of() : Arrays.asList(product.id, product.name, product.price, product.available);
    }

    private static List<Object> rows(List<?> rows) {
        List<Object> plain = new ArrayList<>();
        for (Object row : rows) {
            plain.add(row instanceof Object[] values ? Arrays.asList(values) : row);
        }
        return plain;
    }

    private void entities(UUID product) {
        for (long id = 1; id <= 3; id++) {
            long wanted = id;
            all.put("find customer " + id, session -> describe(session.find(Customer.class, wanted)));
        }
        all.put("find product", session -> describe(session.find(Product.class, product)));
        all.put("lazy reference", session -> {
            List<Object> seen = new ArrayList<>();
            for (Purchase purchase : session.createSelectionQuery("from Purchase order by id", Purchase.class)
                    .list()) {
                seen.add(purchase.total);
                seen.add(purchase.customer.name);
            }
            return seen;
        });
        all.put(
                "multi load",
                session -> session.byMultipleIds(Customer.class).multiLoad(1L, 2L, 3L, 99L).stream()
                        .map(Reads::describe)
                        .toList());
    }

    private void collections() {
        all.put("lazy collections of customer 1", session -> {
            Customer customer = session.find(Customer.class, 1L);
            if (customer == null) {
                return "none";
            }
            Hibernate.initialize(customer.purchases);
            List<Object> purchases = new ArrayList<>();
            customer.purchases.forEach(purchase -> purchases.add(List.of(purchase.id, purchase.total)));
            return Arrays.asList(new TreeSet<>(customer.phones), new TreeMap<>(customer.notes), purchases);
        });
        all.put("lines in their order", session -> {
            List<Object> seen = new ArrayList<>();
            for (Purchase purchase : session.createSelectionQuery("from Purchase order by id", Purchase.class)
                    .list()) {
                for (Line line : purchase.lines) {
                    seen.add(Arrays.asList(purchase.id, line.position, line.product.name, line.quantity));
                }
            }
            return seen;
        });
        all.put("many to many from both sides", session -> {
            Map<String, Object> seen = new TreeMap<>();
            for (Product product :
                    session.createSelectionQuery("from Product", Product.class).list()) {
                TreeSet<String> labels = new TreeSet<>();
                product.tags.forEach(tag -> labels.add(tag.label));
                seen.put(product.name, labels);
            }
            for (Tag tag : session.createSelectionQuery("from Tag", Tag.class).list()) {
                TreeSet<String> names = new TreeSet<>();
                tag.products.forEach(product -> names.add(product.name));
                seen.put("#" + tag.label, names);
            }
            return seen;
        });
        all.put(
                "fetch join",
                session -> session
                        .createSelectionQuery(
                                "select distinct c from Customer c left join fetch c.purchases order by c.id",
                                Customer.class)
                        .list()
                        .stream()
                        .map(customer -> Arrays.asList(describe(customer), customer.purchases.size()))
                        .toList());
        all.put(
                "member of",
                session -> rows(session.createSelectionQuery(
                                "select c.id from Customer c where :phone member of c.phones order by c.id", Long.class)
                        .setParameter("phone", "+49 1")
                        .list()));
    }

    private void queries() {
        hql(
                "equality",
                "select c.id, c.name from Customer c where c.standing = :s order by c.id",
                Map.of("s", Customer.Standing.REGULAR));
        hql(
                "range of dates",
                "select c.id from Customer c where c.since between :a and :b order by c.id",
                Map.of("a", LocalDate.of(2020, 1, 1), "b", LocalDate.of(2021, 12, 31)));
        hql(
                "in list",
                "select c.id, c.email from Customer c where c.name in (:names) order by c.id",
                Map.of("names", List.of("Ada", "Grace", "Nobody")));
        hql("like", "select c.id from Customer c where c.name like :p order by c.id", Map.of("p", "%a%"));
        hql(
                "case folded",
                "select c.id from Customer c where lower(c.name) like lower(:p) order by c.id",
                Map.of("p", "A%"));
        hql("is null", "select c.id from Customer c where c.email is null order by c.id", Map.of());
        hql(
                "join",
                "select p.id, c.name from Purchase p join p.customer c where c.standing <> :s and p.total > :t order by p.id",
                Map.of("s", Customer.Standing.CLOSED, "t", new BigDecimal("10")));
        hql("outer join", "select c.id, p.id from Customer c left join c.purchases p order by c.id, p.id", Map.of());
        hql("count", "select count(*) from Purchase p where p.customer.id = :id", Map.of("id", 1L));
        hql(
                "group",
                "select p.customer.id, sum(p.total), count(*) from Purchase p group by p.customer.id order by 1",
                Map.of());
        hql(
                "having",
                "select l.product.id from Line l group by l.product.id having sum(l.quantity) > 3 order by 1",
                Map.of());
        hql(
                "exists",
                "select c.id from Customer c where exists (select 1 from Purchase p where p.customer = c and p.total > 20)"
                        + " order by c.id",
                Map.of());
        hql(
                "sub-select",
                "select p.id from Product p where p.price > (select avg(q.price) from Product q) order by p.id",
                Map.of());
        hql("distinct", "select distinct c.standing from Customer c order by c.standing", Map.of());
        hql("size of a collection", "select c.id, size(c.purchases) from Customer c order by c.id", Map.of());
        for (int page = 0; page < 3; page++) {
            int first = page * 2;
            all.put(
                    "page " + page,
                    session -> rows(session.createSelectionQuery(
                                    "select c.id, c.name from Customer c order by c.name, c.id", Object[].class)
                            .setFirstResult(first)
                            .setMaxResults(2)
                            .list()));
        }
    }

    private void hql(String name, String query, Map<String, Object> parameters) {
        all.put(name, session -> {
            var selection = session.createSelectionQuery(query, Object.class);
            parameters.forEach((parameter, value) -> {
                if (value instanceof List<?> list) {
                    selection.setParameterList(parameter, list);
                } else {
                    selection.setParameter(parameter, value);
                }
            });
            return rows(selection.list());
        });
    }

    private void criteriaAndNative() {
        all.put("criteria", session -> {
            CriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaQuery<Customer> query = builder.createQuery(Customer.class);
            Root<Customer> customer = query.from(Customer.class);
            query.where(builder.or(builder.like(customer.get("name"), "G%"), builder.isNotNull(customer.get("email"))));
            query.orderBy(builder.desc(customer.get("id")));
            return session.createQuery(query).list().stream()
                    .map(Reads::describe)
                    .toList();
        });
        all.put("criteria aggregate", session -> {
            CriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaQuery<BigDecimal> query = builder.createQuery(BigDecimal.class);
            query.select(builder.sum(query.from(Purchase.class).<BigDecimal>get("total")));
            return rows(session.createQuery(query).list());
        });
        all.put(
                "native",
                session -> rows(session.createNativeQuery(
                                "SELECT c.id, c.name, count(p.id) FROM customer c LEFT JOIN purchase p ON p.customer_id = c.id"
                                        + " WHERE c.id < ? GROUP BY c.id, c.name ORDER BY c.id",
                                Object[].class)
                        .setParameter(1, 1_000L)
                        .list()));
        all.put(
                "native entity",
                session ->
                        session.createNativeQuery("SELECT * FROM customer ORDER BY id", Customer.class).list().stream()
                                .map(Reads::describe)
                                .toList());
        all.put(
                "native of a join table",
                session -> rows(session.createNativeQuery(
                                "SELECT tags_label, count(*) FROM product_tag GROUP BY tags_label ORDER BY 1",
                                Object[].class)
                        .list()));
    }
}
