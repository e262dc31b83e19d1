/**
 * Differential fuzzing: random schemas, rows, queries and writes, with the database as the judge of the analyser and the
 * decision. The grammar is written from what SQL is, and shares nothing with the parser or the analyser.
 *
 * <p>Everything that is random comes from {@link dev.staleless.benchmarks.fuzz.Choices}, so that a failing case is made
 * smaller by making its choices smaller.
 */
@NullMarked
package dev.staleless.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
