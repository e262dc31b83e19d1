package dev.staleless.integration.corpus;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What an application of Spring Data JDBC asks for: aggregates saved, loaded and deleted, and derived and own queries. */
final class SpringDataStatements {

    private static final Logger LOG = LoggerFactory.getLogger(SpringDataStatements.class);

    private final AnnotationConfigApplicationContext context;
    private final TransactionTemplate transactions;
    private final JdbcAggregateTemplate template;

    private SpringDataStatements(AnnotationConfigApplicationContext context) {
        this.context = context;
        this.transactions = new TransactionTemplate(context.getBean(DataSourceTransactionManager.class));
        this.template = context.getBean(JdbcAggregateTemplate.class);
    }

    /** The application. */
    @Configuration
    @EnableJdbcRepositories(considerNestedRepositories = true, basePackageClasses = SpringDataModel.class)
    static class Application extends AbstractJdbcConfiguration {
        @Bean
        NamedParameterJdbcOperations operations(DataSource source) {
            return new NamedParameterJdbcTemplate(source);
        }

        @Bean
        DataSourceTransactionManager transactionManager(DataSource source) {
            return new DataSourceTransactionManager(source);
        }
    }

    static void send(DataSource source) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(DataSource.class, () -> source);
            context.register(Application.class);
            context.refresh();
            SpringDataStatements statements = new SpringDataStatements(context);
            statements.customers();
            statements.products();
            statements.employees();
            statements.issues();
            statements.templates();
        }
    }

    /** One unit of work, undone. */
    private void in(Supplier<?>... work) {
        for (Supplier<?> one : work) {
            transactions.executeWithoutResult(status -> {
                status.setRollbackOnly();
                try {
                    one.get();
                } catch (RuntimeException e) {
                    LOG.debug("refused", e);
                }
            });
        }
    }

    private <T, R extends ListCrudRepository<T, Long> & PagingAndSortingRepository<T, Long>> void crud(
            R repository, Supplier<T> entity) {
        in(
                repository::findAll,
                repository::count,
                () -> repository.findById(1L),
                () -> repository.existsById(1L),
                () -> repository.findAllById(List.of(1L, 2L, 3L)),
                () -> repository.findAll(Sort.by("id").descending()),
                () -> repository.findAll(PageRequest.of(2, 10, Sort.by("name"))),
                () -> repository.findAll(PageRequest.of(0, 5)),
                () -> {
                    repository.deleteById(1L);
                    return null;
                },
                () -> {
                    repository.deleteAllById(List.of(1L, 2L));
                    return null;
                },
                () -> {
                    repository.deleteAll();
                    return null;
                },
                () -> {
                    T saved = repository.save(entity.get());
                    repository.save(saved);
                    repository.findAll();
                    repository.delete(saved);
                    return null;
                },
                () -> repository.saveAll(List.of(entity.get(), entity.get())));
    }

    private void customers() {
        SpringDataModel.Customers customers = context.getBean(SpringDataModel.Customers.class);
        Pageable page = PageRequest.of(1, 10, Sort.by("name"));
        crud(customers, SpringDataModel.Customer::new);
        in(
                () -> customers.findByEmail("a"),
                () -> customers.findByNameContainingIgnoreCase("a"),
                () -> customers.findByCityAndActiveTrue("a"),
                () -> customers.findByCityOrCountry("a", "b"),
                () -> customers.findByCityIn(List.of("a", "b", "c")),
                () -> customers.findByCountryNotAndCreditGreaterThanEqual("a", BigDecimal.ONE),
                () -> customers.findByBirthdayBetweenOrderByBirthdayDesc(LocalDate.EPOCH, LocalDate.EPOCH),
                customers::findTop3ByActiveFalseOrderByCreditDesc,
                () -> customers.findByCreditIsNullAndNameStartingWith("a"),
                () -> customers.findByEmailEndingWithOrNameNotLike("a", "b"),
                () -> customers.findByActive(true, page),
                () -> customers.findByCountry("a", page),
                () -> customers.countByCity("a"),
                () -> customers.existsByEmail("a"),
                () -> customers.rich(BigDecimal.ONE, "a"),
                () -> customers.orders(1),
                () -> customers.withOrders(List.of("a", "b")),
                () -> customers.deactivate(1),
                () -> customers.forget(LocalDateTime.of(1970, 1, 1, 0, 0)));
    }

    private void products() {
        SpringDataModel.Products products = context.getBean(SpringDataModel.Products.class);
        crud(products, () -> {
            SpringDataModel.Product product = new SpringDataModel.Product();
            product.tags.add(new SpringDataModel.ProductTag(AggregateReference.to(1L)));
            return product;
        });
        crud(products, SpringDataModel.Product::new);
        in(
                () -> products.findByCategoryId(1L),
                () -> products.findByPriceLessThanAndStockGreaterThan(BigDecimal.ONE, 1),
                () -> products.findByNameIgnoreCaseAndDiscontinuedFalse("a"),
                products::findByDescriptionIsNotNullOrderByNameAscPriceDesc,
                products::findFirst5ByDiscontinuedFalseOrderByCreatedAtDesc,
                () -> products.findByIdNotIn(List.of(1L, 2L)),
                () -> products.findByCreatedAtAfter(LocalDateTime.of(1970, 1, 1, 0, 0)),
                () -> products.findByStockLessThanEqual(1, PageRequest.of(1, 10)),
                products::countByDiscontinuedTrue,
                () -> products.existsBySkuAndStockGreaterThan("a", 1),
                () -> products.inCategory("a"),
                () -> products.take(1, 1));
    }

    private void employees() {
        SpringDataModel.Employees employees = context.getBean(SpringDataModel.Employees.class);
        crud(employees, () -> {
            SpringDataModel.Employee employee = new SpringDataModel.Employee();
            employee.skills.add(new SpringDataModel.Skill("java"));
            employee.skills.add(new SpringDataModel.Skill("sql"));
            return employee;
        });
        in(
                () -> employees.findByDepartmentIdAndKind(1L, "a"),
                () -> employees.findByHiredOnBefore(LocalDate.EPOCH),
                () -> employees.findBySalaryBetween(BigDecimal.ONE, BigDecimal.TEN),
                () -> employees.findByNameLikeOrderByHiredOn("a%"),
                employees::countByDepartmentIdIsNull,
                () -> employees.average(1));
    }

    private void issues() {
        SpringDataModel.Issues issues = context.getBean(SpringDataModel.Issues.class);
        crud(issues, () -> {
            SpringDataModel.Issue issue = new SpringDataModel.Issue();
            issue.remarks.add(new SpringDataModel.Remark());
            return issue;
        });
        crud(issues, SpringDataModel.Issue::new);
        in(
                () -> issues.findByProjectIdAndNumber(1L, 1),
                () -> issues.findByProjectIdAndStateOrderByPriorityAscNumberDesc(1L, "a"),
                () -> issues.findByAssigneeIdIsNullAndDueOnBefore(LocalDate.EPOCH),
                () -> issues.findByAssigneeIdOrReporterId(1L, 2L),
                () -> issues.findByStateNotInAndPriorityLessThan(List.of("a", "b"), 1),
                () -> issues.findByTitleContainingOrBodyContaining("a", "b"),
                () -> issues.countByProjectIdAndStateNot(1L, "a"),
                () -> issues.existsByAssigneeId(1L),
                () -> issues.move(1, "DONE"));
    }

    // ---- the template, by criteria over every simple property

    private void templates() {
        for (Class<?> type : List.of(
                SpringDataModel.Customer.class,
                SpringDataModel.Product.class,
                SpringDataModel.Employee.class,
                SpringDataModel.Issue.class,
                SpringDataModel.Tenant.class)) {
            List<java.lang.reflect.Field> fields = new ArrayList<>(List.of(type.getDeclaredFields()));
            fields.removeIf(field -> field.getType() == java.util.Set.class || field.isSynthetic());
            fields.sort(Comparator.comparing(java.lang.reflect.Field::getName));
            fields.forEach(field -> criteria(type, field.getName(), field.getType()));
        }
        in(() -> template.insert(tenant()), () -> template.update(tenant()), () -> {
            template.delete(tenant());
            return null;
        });
    }

    private static SpringDataModel.Tenant tenant() {
        SpringDataModel.Tenant tenant = new SpringDataModel.Tenant();
        tenant.id = 1;
        return tenant;
    }

    private void criteria(Class<?> type, String name, Class<?> of) {
        Object value = VALUES.get(of);
        if (value == null) {
            return;
        }
        Criteria.CriteriaStep where = Criteria.where(name);
        ask(type, where.is(value));
        ask(type, where.isNull());
        ask(type, where.in(value, value));
        ask(type, where.not(value).or("id").greaterThan(5));
        if (of == String.class) {
            ask(type, where.like("a%").ignoreCase(true));
            ask(type, where.notLike("%a").and("id").lessThan(3));
        } else if (of != boolean.class) {
            ask(type, where.between(value, value));
        }
        in(
                () -> template.count(Query.query(where.is(value)), type),
                () -> template.exists(Query.query(where.is(value)), type));
    }

    private static final Map<Class<?>, Object> VALUES = Map.of(
            String.class,
            "a",
            int.class,
            1,
            Integer.class,
            1,
            Long.class,
            1L,
            boolean.class,
            true,
            BigDecimal.class,
            BigDecimal.ONE,
            LocalDate.class,
            LocalDate.EPOCH,
            LocalDateTime.class,
            LocalDateTime.of(1970, 1, 1, 0, 0));

    private void ask(Class<?> type, Criteria criteria) {
        in(() -> template.findAll(Query.query(criteria).sort(Sort.by("id")).limit(10), type));
    }
}
