/**
 * SQL text to tokens. Whole-input and linear: every character belongs to exactly one token or to the gap before it, and
 * a text that cannot be cut into tokens as the database would do it is refused with a {@link
 * dev.staleless.sql.lex.SqlSyntaxException}. Internal to the module.
 */
@NullMarked
package dev.staleless.sql.lex;

import org.jspecify.annotations.NullMarked;
