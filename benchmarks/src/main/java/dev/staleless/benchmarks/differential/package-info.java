/**
 * The analyser and the decision judged by a database: what they keep must not have changed, and what they drop is counted.
 *
 * <p>Random schemas, rows, queries and writes ({@link dev.staleless.benchmarks.differential.FuzzBench}) come from a grammar
 * that is written from what SQL is, and shares nothing with the parser or the analyser. Those of four applications are chosen
 * by hand ({@link dev.staleless.benchmarks.differential.PrecisionBench}).
 *
 * <p>Everything that is random comes from {@link dev.staleless.benchmarks.differential.Choices}, so that a failing case is made
 * smaller by making its choices smaller.
 */
@NullMarked
package dev.staleless.benchmarks.differential;

import org.jspecify.annotations.NullMarked;
