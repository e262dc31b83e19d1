package dev.staleless.core.coordination;

import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import java.util.UUID;

/**
 * A barrier that this node has opened. It is to be relied upon only once it is in force.
 *
 * @param version the state's version that opened it
 */
public record Barrier(UUID id, BarrierKind kind, long version) {}
