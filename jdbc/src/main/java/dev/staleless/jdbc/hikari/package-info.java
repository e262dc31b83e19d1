/** What is read from a HikariCP pool, where HikariCP is on the class path. Nothing else refers to its classes. */
@NullMarked
package dev.staleless.jdbc.hikari;

import org.jspecify.annotations.NullMarked;
