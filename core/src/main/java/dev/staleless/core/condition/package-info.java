/** Conditions of queries and writes in SQL's three-valued logic. */
@NullMarked
package dev.staleless.core.condition;

import org.jspecify.annotations.NullMarked;
