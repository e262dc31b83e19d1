package dev.staleless.integration.corpus;

import jakarta.persistence.LockModeType;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import jakarta.persistence.metamodel.Attribute;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.SingularAttribute;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.query.CommonQueryContract;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.SelectionQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application of Hibernate asks for: loading, criteria over every attribute, HQL, and flushed changes. */
final class HibernateStatements {

    private static final Logger LOG = LoggerFactory.getLogger(HibernateStatements.class);

    private final SessionFactory factory;

    private HibernateStatements(SessionFactory factory) {
        this.factory = factory;
    }

    static void send(DataSource source) throws IOException {
        Configuration configuration = new Configuration();
        Model.ENTITIES.forEach(configuration::addAnnotatedClass);
        configuration.getProperties().put("hibernate.connection.datasource", source);
        configuration.setProperty("hibernate.hbm2ddl.auto", "none");
        configuration.setProperty("hibernate.jdbc.batch_size", "10");
        configuration.setProperty("hibernate.query.fail_on_pagination_over_collection_fetch", "false");
        try (SessionFactory factory = configuration.buildSessionFactory()) {
            HibernateStatements statements = new HibernateStatements(factory);
            statements.everyEntity();
            statements.queries();
            HibernateChanges.send(factory);
        }
    }

    /** One unit of work, undone. */
    private void in(Consumer<Session> work) {
        try (Session session = factory.openSession()) {
            session.beginTransaction();
            try {
                work.accept(session);
            } catch (RuntimeException e) {
                LOG.debug("refused", e);
            } finally {
                session.getTransaction().rollback();
            }
        }
    }

    // ---- every entity and every attribute

    private void everyEntity() {
        List<EntityType<?>> entities = factory.getMetamodel().getEntities().stream()
                .sorted(Comparator.comparing(EntityType::getName))
                .toList();
        for (EntityType<?> entity : entities) {
            loading(entity);
            entity.getAttributes().stream()
                    .sorted(Comparator.comparing(Attribute::getName))
                    .forEach(attribute -> attribute(entity, attribute));
        }
    }

    private void loading(EntityType<?> entity) {
        String name = entity.getName();
        ask("from " + name);
        ask("select count(e) from " + name + " e");
        ask("from " + name + " e where e.id in (select f.id from " + name + " f)");
        in(session -> session.createSelectionQuery("from " + name + " e order by e.id desc", Object.class)
                .setMaxResults(10)
                .setFirstResult(20)
                .list());
        in(session -> session.createSelectionQuery("from " + name, Object.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .list());
        if (entity.getIdType().getJavaType() == Long.class) {
            in(session -> session.find(entity.getJavaType(), 1L));
            in(session -> session.find(entity.getJavaType(), 1L, LockModeType.PESSIMISTIC_READ));
            in(session -> session.byMultipleIds(entity.getJavaType()).multiLoad(1L, 2L, 3L));
        }
        in(session -> session.createMutationQuery("delete from " + name + " e where e.id is null")
                .executeUpdate());
    }

    private void attribute(EntityType<?> entity, Attribute<?, ?> attribute) {
        String of = entity.getName() + " e";
        String path = "e." + attribute.getName();
        if (attribute.isCollection()) {
            ask("select distinct e from " + of + " left join fetch " + path);
            ask("from " + of + " where " + path + " is empty");
            ask("from " + of + " where size(" + path + ") > 2");
            ask("select e.id, count(x) from " + of + " join " + path + " x group by e.id");
            ask("from " + of + " where exists (select 1 from " + path + " x)");
            return;
        }
        if (attribute.isAssociation()) {
            ask("from " + of + " join fetch " + path);
            ask("from " + of + " where " + path + " is null");
            ask("from " + of + " where " + path + ".id = :v", "v", 1L);
            ask("select " + path + ", count(*) from " + of + " group by " + path);
            return;
        }
        criteria(entity, attribute);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void criteria(EntityType<?> entity, Attribute<?, ?> attribute) {
        String name = attribute.getName();
        Class<?> type = attribute.getJavaType();
        where(entity, (builder, root) -> builder.isNull(root.get(name)));
        if (type == String.class) {
            where(entity, (builder, root) -> builder.equal(root.get(name), "a"));
            where(entity, (builder, root) -> builder.like(root.get(name), "a%"));
            where(entity, (builder, root) -> builder.equal(builder.lower(root.get(name)), "a"));
            where(entity, (builder, root) -> root.get(name).in("a", "b", "c"));
        } else if (Comparable.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class) {
            where(
                    entity,
                    (builder, root) -> builder.greaterThan((Expression) root.get(name), (Expression) root.get(name)));
            ask("select max(e." + name + "), min(e." + name + ") from " + entity.getName() + " e");
        }
        if (type == boolean.class) {
            where(entity, (builder, root) -> builder.isTrue(root.get(name)));
            where(entity, (builder, root) -> builder.not(builder.isTrue(root.get(name))));
        }
        if (Number.class.isAssignableFrom(type) || type == int.class) {
            where(entity, (builder, root) -> builder.gt(builder.sum(root.get(name), 1), 10));
            ask("select sum(e." + name + "), avg(e." + name + ") from " + entity.getName() + " e");
        }
        if (attribute instanceof SingularAttribute<?, ?> singular && !singular.isId()) {
            ask("select distinct e." + name + " from " + entity.getName() + " e order by e." + name);
        }
    }

    private interface Where {
        Predicate of(CriteriaBuilder builder, Root<Object> root);
    }

    @SuppressWarnings("unchecked")
    private void where(EntityType<?> entity, Where where) {
        in(session -> {
            CriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaQuery<Object> query = builder.createQuery(Object.class);
            Root<Object> root = (Root<Object>) query.from(entity.getJavaType());
            query.select(root).where(where.of(builder, root));
            session.createQuery(query).list();
        });
    }

    // ---- HQL of the domains

    /** One line of hql.txt each; {@code :s} is a text, {@code :n} a number, {@code :l} a list of numbers. */
    private void queries() throws IOException {
        try (InputStream in = HibernateStatements.class.getResourceAsStream("hql.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(this::askOrChange);
        }
        in(session -> {
            CriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaQuery<Model.Order> query = builder.createQuery(Model.Order.class);
            Root<Model.Order> order = query.from(Model.Order.class);
            order.join("customer", JoinType.LEFT);
            Subquery<Long> lines = query.subquery(Long.class);
            Root<Model.Line> line = lines.from(Model.Line.class);
            lines.select(builder.count(line)).where(builder.equal(line.get("order"), order));
            query.select(order).where(builder.gt(lines, 3L));
            session.createQuery(query).list();
        });
    }

    private void askOrChange(String hql) {
        boolean change = hql.startsWith("update") || hql.startsWith("delete") || hql.startsWith("insert");
        in(session -> {
            if (change) {
                MutationQuery query = session.createMutationQuery(hql);
                bind(query, hql);
                query.executeUpdate();
            } else {
                SelectionQuery<Object> query = session.createSelectionQuery(hql, Object.class);
                bind(query, hql);
                query.list();
            }
        });
    }

    private static void bind(CommonQueryContract query, String hql) {
        if (hql.contains(":s")) {
            query.setParameter("s", "a");
        }
        if (hql.contains(":n")) {
            query.setParameter("n", 3L);
        }
        if (hql.contains(":l")) {
            query.setParameterList("l", List.of(1L, 2L, 3L));
        }
    }

    private void ask(String hql) {
        in(session -> session.createSelectionQuery(hql, Object.class).list());
    }

    private void ask(String hql, String parameter, Object value) {
        in(session -> session.createSelectionQuery(hql, Object.class)
                .setParameter(parameter, value)
                .list());
    }
}
