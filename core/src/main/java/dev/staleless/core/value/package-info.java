/** Values of SQL types in canonical Java form, what is known of them, and how they compare. */
@NullMarked
package dev.staleless.core.value;

import org.jspecify.annotations.NullMarked;
