/** Computed values before a real database. */
@NullMarked
package dev.staleless.integration.computed;

import org.jspecify.annotations.NullMarked;
