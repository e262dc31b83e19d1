/** MariaDB Connector/J: results are captured as the server sent them, and replayed by the driver's own result sets. */
@NullMarked
package dev.staleless.jdbc.result.mariadb;

import org.jspecify.annotations.NullMarked;
