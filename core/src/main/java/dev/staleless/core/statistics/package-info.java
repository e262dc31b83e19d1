/** Statistics and the listener. */
@NullMarked
package dev.staleless.core.statistics;

import org.jspecify.annotations.NullMarked;
