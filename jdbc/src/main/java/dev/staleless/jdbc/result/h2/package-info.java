/**
 * Capture and replay of results of the H2 driver, by the driver itself: a captured result keeps the driver's own values, and a
 * replayed one is the driver's own result set over those values. So every getter, conversion and error is the driver's. The only
 * package that knows H2's classes.
 */
@NullMarked
package dev.staleless.jdbc.result.h2;

import org.jspecify.annotations.NullMarked;
