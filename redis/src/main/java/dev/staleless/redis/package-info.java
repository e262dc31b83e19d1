/**
 * The store on Redis and Valkey: {@link RedisStore}.
 *
 * <p>Plain commands in pipelines; no scripts, no {@code KEYS}, no command on several keys, none that blocks. A connection is
 * never reconnected, it is replaced: so nothing is ever sent twice, and an offset names the server that was asked.
 */
@NullMarked
package dev.staleless.redis;

import org.jspecify.annotations.NullMarked;
