package dev.staleless.jdbc.key;

import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.store.EntryKey;
import dev.staleless.jdbc.driver.SessionState;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys of one database's results. A key holds everything that decides what a query returns, but the rows of its tables:
 * the database, the format of captured results, the session's state, the statement, whether it is prepared, its limit of rows, and
 * its parameters with the way they are bound.
 */
public final class ResultKeys {
    /** Bytes of the digest that a store files an entry under. */
    private static final int NAME_BYTES = 12;

    /** Bytes of the digest that the entry itself holds: together more than any two keys will ever have in common. */
    private static final int IDENTITY_BYTES = 16;

    private final String database;
    private final String format;

    /**
     * Keys of one database.
     *
     * @param database the id in its coordination tables
     * @param format of captured results
     */
    public ResultKeys(String database, String format) {
        this.database = database;
        this.format = format;
    }

    /**
     * The key of a query's result.
     *
     * @param prepared whether by a prepared statement: its values may be sent in another form, of which a getter makes something else
     */
    public EntryKey key(SessionState session, String sql, boolean prepared, int maxRows, BoundValues values) {
        KeyDigest digest = new KeyDigest();
        digest.text(database);
        digest.text(format);
        digest.text(session.digest());
        digest.text(sql);
        digest.number(prepared ? 1 : 0);
        digest.number(maxRows);
        values.writeTo(digest);
        byte[] all = digest.finish();
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(all, NAME_BYTES));
        return new EntryKey(name, Arrays.copyOfRange(all, NAME_BYTES, NAME_BYTES + IDENTITY_BYTES));
    }

    /** Why a query's result has no key, or null if it has one. */
    public @Nullable String uncacheable(QueryTemplate template, BoundValues values) {
        return values.uncacheable(template.parameterCount(), template.temporalParameters());
    }
}
