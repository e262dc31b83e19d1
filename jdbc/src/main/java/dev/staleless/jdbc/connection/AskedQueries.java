package dev.staleless.jdbc.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import dev.staleless.jdbc.admission.Shape;
import dev.staleless.jdbc.admission.Shapes;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.jdbc.key.ResultKeys;
import dev.staleless.sql.Analysis;
import org.jspecify.annotations.Nullable;

/**
 * Queries that were asked with their values before, and their keys: asking again takes neither a digest nor anything that is made
 * from a query once. Bounded; safe for any thread.
 */
final class AskedQueries {

    /** Characters of text values, and as many for each query, that are kept. */
    private static final long MAX_WEIGHT = 8_000_000;

    /** What a query weighs beside its text values. */
    private static final int OVERHEAD = 500;

    /** A query, its key, and what is measured of its text. */
    record Asked(Query query, EntryKey key, Shape shape) {}

    /** Everything that the two are made of. The analysis is the one object that the analyser remembers for the text. */
    private static final class Asking {
        private final Analysis.Read read;
        private final String session;
        private final boolean prepared;
        private final int maxRows;
        private final BoundValues.Known values;
        private final int hash;

        Asking(Analysis.Read read, String session, boolean prepared, int maxRows, BoundValues.Known values) {
            this.read = read;
            this.session = session;
            this.prepared = prepared;
            this.maxRows = maxRows;
            this.values = values;
            this.hash = 31 * (31 * System.identityHashCode(read) + maxRows) + values.hashCode();
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // of what the analyser remembers
        public boolean equals(@Nullable Object other) {
            return other instanceof Asking asking
                    && read == asking.read
                    && prepared == asking.prepared
                    && maxRows == asking.maxRows
                    && session.equals(asking.session)
                    && values.equals(asking.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final ResultKeys keys;
    private final Shapes shapes;
    private final Cache<Asking, Asked> asked = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((Asking asking, Asked ignored) -> OVERHEAD + asking.values.characters())
            .executor(Runnable::run)
            .build();

    AskedQueries(ResultKeys keys, Shapes shapes) {
        this.keys = keys;
        this.shapes = shapes;
    }

    Asked of(Analysis.Read read, SessionState session, boolean prepared, int maxRows, BoundValues values) {
        BoundValues.Known known = values.known();
        if (known == null) {
            return make(read, session, prepared, maxRows, values);
        }
        Asking asking = new Asking(read, session.digest(), prepared, maxRows, known);
        Asked before = asked.getIfPresent(asking);
        if (before == null) {
            before = make(read, session, prepared, maxRows, values);
            asked.put(asking, before);
        }
        return before;
    }

    private Asked make(Analysis.Read read, SessionState session, boolean prepared, int maxRows, BoundValues values) {
        return new Asked(
                new Query(read.template(), read.sql().key(), values.canonical(), maxRows),
                keys.key(session, read.sql().key(), prepared, maxRows, values),
                shapes.of(read.sql().key()));
    }
}
