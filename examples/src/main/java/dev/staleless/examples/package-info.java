/** Standalone applications that use Staleless. */
@NullMarked
package dev.staleless.examples;

import org.jspecify.annotations.NullMarked;
