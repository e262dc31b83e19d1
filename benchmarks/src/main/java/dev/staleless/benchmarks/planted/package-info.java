/** Stores that break one rule of the protocol each: what looks for stale reads has to find them on real servers. */
@NullMarked
package dev.staleless.benchmarks.planted;

import org.jspecify.annotations.NullMarked;
