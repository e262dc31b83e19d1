/** What is known of the database's tables. */
@NullMarked
package dev.staleless.core.catalog;

import org.jspecify.annotations.NullMarked;
