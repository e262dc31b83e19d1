/** What functions, operators and casts surely make of values in canonical form. */
@NullMarked
package dev.staleless.core.expression;

import org.jspecify.annotations.NullMarked;
