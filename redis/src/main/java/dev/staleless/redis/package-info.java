/** The store on Redis and Valkey. */
@NullMarked
package dev.staleless.redis;

import org.jspecify.annotations.NullMarked;
