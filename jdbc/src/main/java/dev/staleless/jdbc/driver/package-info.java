/** What is the driver's and the database's own: capture and replay of results, session state, transaction rules. */
@NullMarked
package dev.staleless.jdbc.driver;

import org.jspecify.annotations.NullMarked;
