/**
 * The gazetteer: an ordinary application with a listing, forms and an ORM, over tables about the territories of the
 * world. It knows nothing of caching: it is given a {@link javax.sql.DataSource}, and what that one does is shown to
 * the user through an {@link dev.staleless.examples.gazetteer.ActivityFeed}.
 */
@NullMarked
package dev.staleless.examples.gazetteer;

import org.jspecify.annotations.NullMarked;
