package dev.staleless.core.protocol;

import dev.staleless.core.coordination.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Changes that were reported, and the turn in which it was decided where.
 *
 * @param session the database session whose end ends them; null if the transaction's end does
 */
record Decided(Changes changes, @Nullable String session, Turn turn) {}
