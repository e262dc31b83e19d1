package dev.staleless.sql.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The common table expressions that a query can name: they hide tables of the same name. */
final class CteScope {

    static final CteScope NONE = new CteScope(null);

    private final @Nullable CteScope outer;
    private final Map<String, Optional<Set<String>>> columns = new HashMap<>();
    private final Map<String, Subquery> queries = new HashMap<>();

    private CteScope(@Nullable CteScope outer) {
        this.outer = outer;
    }

    CteScope nested() {
        return new CteScope(this);
    }

    /** Adds one; null columns are not known. */
    void add(String name, @Nullable Set<String> names) {
        columns.put(name, Optional.ofNullable(names));
    }

    /** Says what one that is named once consists of. */
    void define(String name, Subquery query) {
        queries.put(name, query);
    }

    /** What one consists of that is named once, so that what is demanded of it there is demanded of it at all; null for others. */
    @Nullable
    Subquery query(String name) {
        if (columns.containsKey(name)) {
            return queries.get(name);
        }
        return outer == null ? null : outer.query(name);
    }

    boolean contains(String name) {
        return columns.containsKey(name) || outer != null && outer.contains(name);
    }

    @Nullable
    Set<String> columns(String name) {
        Optional<Set<String>> own = columns.get(name);
        if (own != null) {
            return own.orElse(null);
        }
        return outer == null ? null : outer.columns(name);
    }
}
