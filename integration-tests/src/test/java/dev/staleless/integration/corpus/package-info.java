/** Statements as object-relational mappers, query builders and benchmarks send them, and what the analyser makes of each. */
@org.jspecify.annotations.NullUnmarked
package dev.staleless.integration.corpus;
