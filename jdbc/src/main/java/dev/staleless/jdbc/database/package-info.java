/** The kinds of databases, and what each brings: dialect, catalog, coordination tables, driver. */
@NullMarked
package dev.staleless.jdbc.database;

import org.jspecify.annotations.NullMarked;
