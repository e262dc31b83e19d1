/** Hibernate over wrapped data sources: what a session reads through the cache is what the database says. */
@org.jspecify.annotations.NullUnmarked
package dev.staleless.integration.hibernate;
