/** Computed values as JSON, by Jackson 2: where the application has it. */
@NullMarked
package dev.staleless.jdbc.jackson;

import org.jspecify.annotations.NullMarked;
