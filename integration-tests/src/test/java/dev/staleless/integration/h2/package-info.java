/** The whole of it over H2. */
@org.jspecify.annotations.NullMarked
package dev.staleless.integration.h2;
