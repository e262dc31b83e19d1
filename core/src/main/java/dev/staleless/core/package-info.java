/** Predicates, change events, the affected-by decision, the protocol and the in-process store. */
@NullMarked
package dev.staleless.core;

import org.jspecify.annotations.NullMarked;
