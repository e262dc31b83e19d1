/** What the cache makes of a statement, and of a database, told to people. */
@NullMarked
package dev.staleless.jdbc.explain;

import org.jspecify.annotations.NullMarked;
