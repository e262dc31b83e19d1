/** Which partitions of the changelog a change event is appended to, and which ones a query reads. */
@NullMarked
package dev.staleless.core.partition;

import org.jspecify.annotations.NullMarked;
