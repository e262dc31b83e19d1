/** The contract of {@link dev.staleless.core.store.Store} as tests that every store passes. */
@NullMarked
package dev.staleless.testkit.store;

import org.jspecify.annotations.NullMarked;
