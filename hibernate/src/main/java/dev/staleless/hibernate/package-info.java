/**
 * Staleless at home in Hibernate: profiles by entity, hints of queries, statistics by entity and by query. Hibernate finds it by its
 * service files; it does nothing where the data source is not a wrapped one.
 *
 * <p>What entities' writes change is told by their SQL statements, and not by what Hibernate remembers of rows.
 */
@NullMarked
package dev.staleless.hibernate;

import org.jspecify.annotations.NullMarked;
