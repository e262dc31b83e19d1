/**
 * The coordination tables in the application's own database: where nodes agree on what may be served (see {@link
 * dev.staleless.core.coordination.CoordinationTables}). They stand under one fixed qualified name, whatever the role and
 * its search path, and are reached through two connections held for good.
 */
@NullMarked
package dev.staleless.jdbc.coordination;

import org.jspecify.annotations.NullMarked;
