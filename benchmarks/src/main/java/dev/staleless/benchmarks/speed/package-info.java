/**
 * What things cost, each beside a baseline in the same process and in turns with it: {@code hit}, {@code near}, {@code miss},
 * {@code passthrough}, {@code write}, {@code bulk}, {@code decide}, {@code parse}, {@code mix} and {@code scale}.
 */
@NullMarked
package dev.staleless.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
