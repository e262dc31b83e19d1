/** The protocol of reading, filling and writing. */
@NullMarked
package dev.staleless.core.protocol;

import org.jspecify.annotations.NullMarked;
