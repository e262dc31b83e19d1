/**
 * A cache in the process in front of a shared store: entries are kept here, and so are the heads of their logs, whose changes the
 * server tells by itself. As long as it is proved that it has told everything up to a moment ago, a hit asks nobody.
 */
@NullMarked
package dev.staleless.core.store.near;

import org.jspecify.annotations.NullMarked;
