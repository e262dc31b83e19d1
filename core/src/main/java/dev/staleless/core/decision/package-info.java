/** The affected-by decision: whether a change can alter a cached result. */
@NullMarked
package dev.staleless.core.decision;

import org.jspecify.annotations.NullMarked;
