/**
 * The wrapped data source: connections and statements that serve cached results, and see every change.
 *
 * <p>A logical connection borrows one from the wrapped data source when the first statement needs it. Statements are set up on a
 * connection of the driver that has no database, and made again on the borrowed one when they are executed there.
 */
@NullMarked
package dev.staleless.jdbc.connection;

import org.jspecify.annotations.NullMarked;
