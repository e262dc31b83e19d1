/** An application with Spring Data JDBC. */
@NullMarked
package dev.staleless.spring.warehouse;

import org.jspecify.annotations.NullMarked;
