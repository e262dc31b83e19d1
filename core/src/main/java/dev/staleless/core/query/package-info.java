/** What a query reads. */
@NullMarked
package dev.staleless.core.query;

import org.jspecify.annotations.NullMarked;
