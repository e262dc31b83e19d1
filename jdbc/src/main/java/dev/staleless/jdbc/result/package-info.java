/**
 * Capture and replay of result sets: what every driver has in common. How a driver's result is captured and rebuilt is told by
 * its {@link dev.staleless.jdbc.driver.DriverProfile}.
 */
@NullMarked
package dev.staleless.jdbc.result;

import org.jspecify.annotations.NullMarked;
