/** Bytes of captured results, of any driver: written up to a limit, and read without trusting them. */
@NullMarked
package dev.staleless.jdbc.result.bytes;

import org.jspecify.annotations.NullMarked;
