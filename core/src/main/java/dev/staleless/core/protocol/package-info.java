/**
 * The protocol of reading, filling and writing.
 *
 * <p>A read: {@link dev.staleless.core.protocol.ResultCache#lookup}; on a {@link dev.staleless.core.protocol.Lookup.Fill} the
 * database is asked after that, {@link dev.staleless.core.protocol.Lookup.Fill#publish} is called with the whole result, and
 * {@link dev.staleless.core.protocol.Lookup.Fill#close} in any case. A write: {@link
 * dev.staleless.core.protocol.ResultCache#begin}, the changes of each statement before its result is seen, then {@link
 * dev.staleless.core.protocol.Transaction#commit} around the database's own.
 *
 * <p>Why nothing stale is served:
 *
 * <ol>
 *   <li>A transaction writes its marks, then appends its events, then commits, then takes its marks away ({@code Reporter},
 *       {@code Endings}); each step is acknowledged before the next.
 *   <li>An entry is served only if every event since its offsets was judged not to affect it ({@code EntryCheck}). So from
 *       the append on, which precedes the commit, nothing that was cached before is served against it.
 *   <li>A fill reads the heads, then the marks, then the database ({@code EntryFill}, {@code InFlightCheck}). A transaction
 *       whose events are older than those heads has its mark still there, and then nothing is published, or was answered, and
 *       then the database's answer has the change. One whose events are newer is judged by whoever reads the entry.
 *   <li>Nodes act by a reading of the state only in a {@link dev.staleless.core.coordination.Turn}, and every change of the
 *       state counts only when the turns begun before it have ended on every node; a node that others no longer wait for sends
 *       no COMMIT, and reports one that was answered late once more.
 * </ol>
 *
 * <p>No lock is held while a store, a database, a listener or a latch is called. Classes are safe for any thread unless they
 * say otherwise.
 */
@NullMarked
package dev.staleless.core.protocol;

import org.jspecify.annotations.NullMarked;
