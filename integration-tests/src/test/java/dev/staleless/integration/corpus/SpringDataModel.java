package dev.staleless.integration.corpus;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.jdbc.core.mapping.AggregateReference;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;
import org.springframework.data.repository.query.Param;

/** The corpus' tables as aggregates of Spring Data JDBC, with repositories whose methods' names are the queries. */
final class SpringDataModel {

    private SpringDataModel() {}

    @Table("customer")
    static class Customer {
        @Id
        Long id;

        @Version
        int version;

        String email = "a@b.c";
        String name = "a";
        String city;
        String country;
        LocalDate birthday;
        boolean active;
        BigDecimal credit;
        LocalDateTime registeredAt = LocalDateTime.of(2026, 1, 2, 3, 4);
    }

    @Table("product")
    static class Product {
        @Id
        Long id;

        @Version
        int version;

        String sku = "a";
        String name = "a";
        String description;
        BigDecimal price = BigDecimal.ONE;
        int stock;
        Long categoryId;
        boolean discontinued;
        LocalDateTime createdAt = LocalDateTime.of(2026, 1, 2, 3, 4);

        @MappedCollection(idColumn = "product_id")
        Set<ProductTag> tags = new HashSet<>();
    }

    @Table("product_tag")
    record ProductTag(AggregateReference<Object, Long> tagId) {}

    @Table("employee")
    static class Employee {
        @Id
        Long id;

        String kind = "CLERK";
        String name = "a";
        Long departmentId;
        LocalDate hiredOn = LocalDate.of(2026, 1, 2);
        BigDecimal salary;

        @MappedCollection(idColumn = "employee_id")
        Set<Skill> skills = new HashSet<>();
    }

    @Table("employee_skill")
    record Skill(String skill) {}

    @Table("issue")
    static class Issue {
        @Id
        Long id;

        @Version
        int version;

        Long projectId = 1L;
        int number;
        String title = "a";
        String body;
        String state = "OPEN";
        int priority;
        Long reporterId;
        Long assigneeId;
        LocalDate dueOn;

        @MappedCollection(idColumn = "issue_id", keyColumn = "id")
        Set<Remark> remarks = new HashSet<>();
    }

    @Table("remark")
    static class Remark {
        @Id
        Long id;

        Long authorId = 1L;
        String body = "a";
    }

    @Table("tenant")
    static class Tenant {
        @Id
        Integer id;

        String name = "a";
        String plan = "a";
    }

    interface Customers extends ListCrudRepository<Customer, Long>, PagingAndSortingRepository<Customer, Long> {
        Optional<Customer> findByEmail(String email);

        List<Customer> findByNameContainingIgnoreCase(String name);

        List<Customer> findByCityAndActiveTrue(String city);

        List<Customer> findByCityOrCountry(String city, String country);

        List<Customer> findByCityIn(Collection<String> cities);

        List<Customer> findByCountryNotAndCreditGreaterThanEqual(String country, BigDecimal credit);

        List<Customer> findByBirthdayBetweenOrderByBirthdayDesc(LocalDate from, LocalDate to);

        List<Customer> findTop3ByActiveFalseOrderByCreditDesc();

        List<Customer> findByCreditIsNullAndNameStartingWith(String name);

        List<Customer> findByEmailEndingWithOrNameNotLike(String email, String name);

        Page<Customer> findByActive(boolean active, Pageable page);

        Slice<Customer> findByCountry(String country, Pageable page);

        long countByCity(String city);

        boolean existsByEmail(String email);

        @Query("SELECT c.* FROM customer c WHERE c.credit > :least AND c.city = :city")
        List<Customer> rich(@Param("least") BigDecimal least, @Param("city") String city);

        @Query("SELECT count(*) FROM orders WHERE customer_id = :id")
        long orders(@Param("id") long id);

        @Query("SELECT DISTINCT c.* FROM customer c JOIN orders o ON o.customer_id = c.id WHERE o.status IN (:states)")
        List<Customer> withOrders(@Param("states") List<String> states);

        @Modifying
        @Query("UPDATE customer SET active = false WHERE id = :id AND active")
        int deactivate(@Param("id") long id);

        @Modifying
        @Query("DELETE FROM customer WHERE registered_at < :before")
        int forget(@Param("before") LocalDateTime before);
    }

    interface Products extends ListCrudRepository<Product, Long>, PagingAndSortingRepository<Product, Long> {
        List<Product> findByCategoryId(Long category);

        List<Product> findByPriceLessThanAndStockGreaterThan(BigDecimal price, int stock);

        List<Product> findByNameIgnoreCaseAndDiscontinuedFalse(String name);

        List<Product> findByDescriptionIsNotNullOrderByNameAscPriceDesc();

        List<Product> findFirst5ByDiscontinuedFalseOrderByCreatedAtDesc();

        List<Product> findByIdNotIn(Collection<Long> ids);

        List<Product> findByCreatedAtAfter(LocalDateTime time);

        Page<Product> findByStockLessThanEqual(int stock, Pageable page);

        long countByDiscontinuedTrue();

        boolean existsBySkuAndStockGreaterThan(String sku, int stock);

        @Query("SELECT p.* FROM product p JOIN category c ON c.id = p.category_id WHERE c.name = :name ORDER BY p.name")
        List<Product> inCategory(@Param("name") String name);

        @Modifying
        @Query("UPDATE product SET stock = stock - :n WHERE id = :id AND stock >= :n")
        int take(@Param("id") long id, @Param("n") int n);
    }

    interface Employees extends ListCrudRepository<Employee, Long>, PagingAndSortingRepository<Employee, Long> {
        List<Employee> findByDepartmentIdAndKind(Long department, String kind);

        List<Employee> findByHiredOnBefore(LocalDate day);

        List<Employee> findBySalaryBetween(BigDecimal least, BigDecimal most);

        List<Employee> findByNameLikeOrderByHiredOn(String name);

        long countByDepartmentIdIsNull();

        @Query("SELECT avg(salary) FROM employee WHERE department_id = :id")
        BigDecimal average(@Param("id") long id);
    }

    interface Issues extends ListCrudRepository<Issue, Long>, PagingAndSortingRepository<Issue, Long> {
        Optional<Issue> findByProjectIdAndNumber(Long project, int number);

        List<Issue> findByProjectIdAndStateOrderByPriorityAscNumberDesc(Long project, String state);

        List<Issue> findByAssigneeIdIsNullAndDueOnBefore(LocalDate day);

        List<Issue> findByAssigneeIdOrReporterId(Long assignee, Long reporter);

        List<Issue> findByStateNotInAndPriorityLessThan(Collection<String> states, int priority);

        List<Issue> findByTitleContainingOrBodyContaining(String title, String body);

        long countByProjectIdAndStateNot(Long project, String state);

        boolean existsByAssigneeId(Long assignee);

        @Modifying
        @Query("UPDATE issue SET state = :state, updated_at = now(), version = version + 1 WHERE id = :id")
        int move(@Param("id") long id, @Param("state") String state);
    }
}
