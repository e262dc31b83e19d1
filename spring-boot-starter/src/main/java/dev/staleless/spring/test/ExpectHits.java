package dev.staleless.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of a Spring application that fails unless so many results and computed values were served from the cache meanwhile. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(HitsExtension.class)
public @interface ExpectHits {

    /** How many at least. */
    int atLeast() default 0;

    /** How many at most. */
    int atMost() default Integer.MAX_VALUE;
}
