package dev.staleless.jdbc.result.mariadb;

import java.sql.SQLException;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.client.Context;

/**
 * What of a connection decides how the driver decodes a result, and what tells by itself that the session is another one: the
 * options of its URL, the server, what both agreed on, and what the server reports when it changes.
 *
 * @param capabilities of the client, bit by bit, as agreed on
 * @param thread the server's id of the session: the driver may connect again by itself
 */
record Decoding(
        Configuration options,
        String url,
        String version,
        long capabilities,
        @Nullable TimeZone timeZone,
        @Nullable String charset,
        @Nullable String database,
        long thread) {
    private static final int BITS = 63;

    static Decoding of(Connection connection) throws SQLException {
        Context context = connection.getContext();
        long capabilities = 0;
        for (int bit = 0; bit < BITS; bit++) {
            if (context.hasClientCapability(1L << bit)) {
                capabilities |= 1L << bit;
            }
        }
        return new Decoding(
                context.getConf(),
                context.getConf().toString(),
                context.getVersion().getVersion(),
                capabilities,
                context.getConnectionTimeZone(),
                context.getCharset(),
                context.getDatabase(),
                context.getThreadId());
    }

    /** What of it is the same for all sessions that decode alike. */
    Decoding shared() {
        return new Decoding(options, url, version, capabilities, timeZone, charset, database, 0);
    }
}
