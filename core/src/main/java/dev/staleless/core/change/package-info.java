/** Change events: what a write changed. */
@NullMarked
package dev.staleless.core.change;

import org.jspecify.annotations.NullMarked;
