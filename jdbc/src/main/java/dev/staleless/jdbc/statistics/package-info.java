/** What the JDBC front counts: statements, what is left to the database and why, hits that were compared with it. */
@NullMarked
package dev.staleless.jdbc.statistics;

import org.jspecify.annotations.NullMarked;
