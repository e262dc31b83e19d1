/** Nodes over a MariaDB server. */
@NullMarked
package dev.staleless.integration.mariadb;

import org.jspecify.annotations.NullMarked;
