/**
 * Tokens to trees: a recursive-descent parser for statements and a Pratt parser for expressions, with PostgreSQL's
 * precedences. A statement is understood to its last token or not at all. Internal to the module.
 */
@NullMarked
package dev.staleless.sql.parse;

import org.jspecify.annotations.NullMarked;
