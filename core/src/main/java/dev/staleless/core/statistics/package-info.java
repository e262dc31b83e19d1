/** What the cache does: the listener that hears it, and the statistics that count it. */
@NullMarked
package dev.staleless.core.statistics;

import org.jspecify.annotations.NullMarked;
