/**
 * How nodes agree: watch, versions in force, directory, epoch.
 *
 * <p>A {@link dev.staleless.core.coordination.Coordinator} keeps a {@link dev.staleless.core.coordination.Reading} of the
 * state. Whoever decides something by it begins a {@link dev.staleless.core.coordination.Turn} first, and ends it when nothing
 * of that can take effect any more; a node acknowledges a version when the turns begun under older ones have ended. A node
 * whose watch is not fresh decides nothing.
 *
 * <p>Time, threads and waiting come from an {@link dev.staleless.core.coordination.Environment}, so that a simulation can run
 * the real code.
 */
@NullMarked
package dev.staleless.core.coordination;

import org.jspecify.annotations.NullMarked;
