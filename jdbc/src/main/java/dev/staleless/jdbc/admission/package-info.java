/**
 * Which query texts are worth caching, as measured.
 *
 * <p>Nothing here decides whether a result may be served: a query that is not admitted is asked of the database, and that is all.
 */
@NullMarked
package dev.staleless.jdbc.admission;

import org.jspecify.annotations.NullMarked;
