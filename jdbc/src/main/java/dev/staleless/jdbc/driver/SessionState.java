package dev.staleless.jdbc.driver;

import dev.staleless.core.catalog.TableName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a database session, as far as it changes what a query returns.
 *
 * @param digest of all settings that change results, and of who asks; part of the key
 * @param searchPath the schemas in which unqualified names are looked for, in order
 * @param isolation of the running transaction, or of the next: a constant of {@link java.sql.Connection}
 * @param name names the session to the database for as long as it lives
 * @param decoding what the driver's decoding of results depends on; opaque, has equals
 * @param semiJoins why what a semi-join may have answered is not cached; null if it is
 * @param temporary names of its temporary tables, which hide others; part of the digest
 * @param uncacheable why nothing that is read through this session may be cached; null if it may
 */
public record SessionState(
        String digest,
        List<String> searchPath,
        int isolation,
        String name,
        Object decoding,
        @Nullable String semiJoins,
        Set<TableName> temporary,
        @Nullable String uncacheable) {
    public SessionState {
        searchPath = List.copyOf(searchPath);
        temporary = Set.copyOf(temporary);
    }

    /** A session whose semi-joins are trusted, and that has no temporary tables. */
    public SessionState(
            String digest,
            List<String> searchPath,
            int isolation,
            String name,
            Object decoding,
            @Nullable String uncacheable) {
        this(digest, searchPath, isolation, name, decoding, null, Set.of(), uncacheable);
    }

    /** Whether queries return the same in a session of the other state. */
    public boolean returnsTheSameAs(SessionState other) {
        return digest.equals(other.digest);
    }
}
