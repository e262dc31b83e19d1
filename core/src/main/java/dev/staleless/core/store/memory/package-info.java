/** The store in the process itself: the embedded default. Bounded, lost with the process, shared with nobody. */
@NullMarked
package dev.staleless.core.store.memory;

import org.jspecify.annotations.NullMarked;
