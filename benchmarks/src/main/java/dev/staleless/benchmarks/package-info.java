/** JMH benchmarks and workloads. */
@NullMarked
package dev.staleless.benchmarks;

import org.jspecify.annotations.NullMarked;
