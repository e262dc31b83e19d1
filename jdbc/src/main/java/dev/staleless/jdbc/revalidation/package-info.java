/** Asks the database whether a change has altered a cached result, by statements that cost less than the query. */
@NullMarked
package dev.staleless.jdbc.revalidation;

import org.jspecify.annotations.NullMarked;
