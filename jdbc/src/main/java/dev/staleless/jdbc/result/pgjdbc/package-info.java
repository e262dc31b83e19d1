/**
 * Capture and replay of results of the PostgreSQL JDBC driver, by the driver itself: a captured result keeps the bytes that the
 * server sent, and a replayed one is the driver's own result set over those bytes. So every getter, conversion and error is the
 * driver's. The only package that knows the driver's classes.
 */
@NullMarked
package dev.staleless.jdbc.result.pgjdbc;

import org.jspecify.annotations.NullMarked;
