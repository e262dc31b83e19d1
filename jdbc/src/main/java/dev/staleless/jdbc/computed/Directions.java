package dev.staleless.jdbc.computed;

import dev.staleless.core.codec.DependencyCodec;
import dev.staleless.core.query.Dependency;
import dev.staleless.core.query.Queries;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import dev.staleless.jdbc.key.ValueKeys;
import dev.staleless.sql.Analysis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A note of what a value was computed from, understood: by it the value is found and judged.
 *
 * @param note as it was kept
 * @param value the key under which the value is kept that was computed from exactly this
 * @param schemaVersion under which it was understood
 */
record Directions(byte[] note, EntryKey value, List<Dependency> dependencies, List<Query> queries, long schemaVersion) {

    /** Of a note; null if it is none, or something in it is no query to be cached any more. */
    static @Nullable Directions of(byte[] note, EntryKey key, ValueSource source, ValueKeys keys) {
        List<Dependency> dependencies = DependencyCodec.decode(note);
        if (dependencies == null) {
            return null;
        }
        // before the catalog is asked for, which is of this version or newer then
        long schemaVersion = source.schemaVersion();
        List<Query> queries = new ArrayList<>(dependencies.size());
        for (Dependency dependency : dependencies) {
            Query query = query(dependency, source);
            if (query == null) {
                return null;
            }
            queries.add(query);
        }
        return new Directions(note, keys.value(key, note), dependencies, queries, schemaVersion);
    }

    private static @Nullable Query query(Dependency dependency, ValueSource source) {
        if (dependency instanceof Dependency.OfTable table) {
            return Queries.everyRow(table.table());
        } else if (dependency instanceof Dependency.OfRows rows) {
            return Queries.rows(rows.table(), rows.values());
        }
        Dependency.OfQuery query = (Dependency.OfQuery) dependency;
        return source.analyse(query.sql(), query.searchPath()) instanceof Analysis.Read read
                ? new Query(read.template(), read.sql().key(), query.parameters())
                : null;
    }
}
