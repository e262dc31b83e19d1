/** DataSource wrapper: keys, transactions, capture and replay of result sets, coordination. */
@NullMarked
package dev.staleless.jdbc;

import org.jspecify.annotations.NullMarked;
