/** SQL text to query templates and change templates. */
@NullMarked
package dev.staleless.sql;

import org.jspecify.annotations.NullMarked;
