/** Hibernate with every kind of mapping, at random, on each database: what a session reads through the cache is what the database says. */
@org.jspecify.annotations.NullUnmarked
package dev.staleless.integration.mapping;
