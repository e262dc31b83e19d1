/**
 * Real servers for tests and demonstrations: PostgreSQL and Redis, from binaries on the class path.
 *
 * <p>A server listens on a free port of the loopback interface and works in a temporary folder of its own. When it is
 * stopped, or the JVM that started it ends in any way, neither the process nor the folder is left behind.
 */
@NullMarked
package dev.staleless.testkit.server;

import org.jspecify.annotations.NullMarked;
