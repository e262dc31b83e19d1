/**
 * A deterministic simulation of the protocol: the real code, over a simulated store, database and coordination tables, whose
 * every command is a point where another thread, another node, a crash or a fault may come in.
 */
@NullMarked
package dev.staleless.testkit.simulation;

import org.jspecify.annotations.NullMarked;
