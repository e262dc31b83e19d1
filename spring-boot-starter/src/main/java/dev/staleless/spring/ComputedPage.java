package dev.staleless.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A controller's method whose answer to GET, a text or bytes, is a computed value with an ETag. While it is kept the method is not run: who
 * has the answer is told 304, everybody else gets the kept one. It is dropped when a result of a query that the method asked can have
 * changed.
 *
 * <p>The answer may depend on the path, on the query string, on who is logged in, on the headers in {@link #vary}, and on what is asked of
 * the wrapped data source on the request's thread; on nothing else, such as what a session holds.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ComputedPage {

    /** How long an answer is kept at most, such as {@code 10m}. */
    String ttl() default "1h";

    /** Headers of the request that the answer depends on. */
    String[] vary() default {};
}
