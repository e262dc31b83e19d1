/** The store: what keeps entries, logs and registries. */
@NullMarked
package dev.staleless.core.store;

import org.jspecify.annotations.NullMarked;
