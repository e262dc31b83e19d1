package dev.staleless.jdbc;

import dev.staleless.core.query.QueryTemplate.Operation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks that results are cached, where that is safe. On an entity (with the module for Hibernate): those of queries on its tables. On a
 * method of a repository (with the starter for Spring Boot), or on the repository for all its methods: those of the queries that it asks.
 *
 * <p>Properties say it with more weight: {@code staleless.profiles.SCHEMA.TABLE} and {@code staleless.entities.PATTERN}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CacheResults {

    /** Which kinds of queries. */
    Operation[] ops() default {Operation.GET, Operation.FETCH, Operation.COUNT, Operation.AGGREGATE, Operation.EXISTS};

    /** How long a result is kept at most: {@code 500ms}, {@code 60s}, {@code 10m}, {@code 1h}, {@code 1d}; seconds without a unit. */
    String ttl();

    /** Whether a result that is missing is computed once for all nodes. */
    boolean lock() default true;

    /** For how long a result that a change has made wrong may be served while another query renews it; not at all unless set. */
    String allowStale() default "0";
}
