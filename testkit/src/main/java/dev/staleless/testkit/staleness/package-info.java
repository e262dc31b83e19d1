/**
 * The staleness checker: random schema, rows, queries and writes from several threads and nodes, compared with the database
 * itself.
 */
@NullMarked
package dev.staleless.testkit.staleness;

import org.jspecify.annotations.NullMarked;
