/** Contract tests for stores, the staleness checker, a fault-injecting store, a fake clock and embedded servers. */
@NullMarked
package dev.staleless.testkit;

import org.jspecify.annotations.NullMarked;
