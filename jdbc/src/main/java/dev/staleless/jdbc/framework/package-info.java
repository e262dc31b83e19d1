/**
 * What frameworks above JDBC tell the cache: which of their queries a statement is sent for and what that asks of the cache, and which
 * tables their models stand for.
 */
@NullMarked
package dev.staleless.jdbc.framework;

import org.jspecify.annotations.NullMarked;
