/** The key of a cached result: typed parameters, the session's state, and the statement. */
@NullMarked
package dev.staleless.jdbc.key;

import org.jspecify.annotations.NullMarked;
