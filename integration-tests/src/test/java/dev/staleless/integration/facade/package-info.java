/** The facade as an application uses it, over real servers. */
@org.jspecify.annotations.NullMarked
package dev.staleless.integration.facade;
