/**
 * The binary format of what a store outside the process keeps: entries, log elements and the fields of a registry.
 *
 * <p>Each value begins with a byte for its type and one for the version of the format, and ends with a CRC-32C over all
 * that stands before. What is truncated, corrupted, of another version or says anything this version does not know is
 * malformed as a whole: decoding answers null for it, and never throws. Nodes of different releases share one store, so any
 * change of what is written here needs another version.
 */
@NullMarked
package dev.staleless.core.codec;

import org.jspecify.annotations.NullMarked;
