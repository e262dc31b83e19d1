/** Hibernate over a wrapped data source on H2. */
@org.jspecify.annotations.NullUnmarked
package dev.staleless.hibernate;
