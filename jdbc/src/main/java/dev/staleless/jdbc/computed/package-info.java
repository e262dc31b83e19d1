/**
 * Values computed from queries: kept with what they were computed from, and dropped when that can have changed.
 *
 * <p>{@link dev.staleless.jdbc.computed.ComputedValues} is what applications use. {@link dev.staleless.jdbc.computed.Recording} and
 * {@link dev.staleless.jdbc.computed.OpenConnections} are how the JDBC wrappers tell what happens on a thread.
 */
@NullMarked
package dev.staleless.jdbc.computed;

import org.jspecify.annotations.NullMarked;
