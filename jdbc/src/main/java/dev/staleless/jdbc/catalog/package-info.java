/** The database's catalog, read by a few queries over all tables at once. */
@NullMarked
package dev.staleless.jdbc.catalog;

import org.jspecify.annotations.NullMarked;
