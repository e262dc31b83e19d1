package dev.staleless.jdbc.computed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a value is kept. Immutable.
 *
 * @param ttl how long it is kept at most, more than 0
 * @param scope what it depends on, and what it may depend on unseen
 * @param variant tells values of one key from each other that were computed in sessions with other settings, such as a tenant's
 *     schema; null where every session is as the data source hands it out, and a value of any other is not kept
 * @param tables tables that it depends on besides what it asks, {@code schema.table} in the catalog's spelling
 * @param queries queries that it depends on besides
 */
public record ComputedSettings(
        Duration ttl, Scope scope, @Nullable String variant, List<String> tables, List<DeclaredQuery> queries) {

    /** What a value may depend on. */
    public enum Scope {
        /** On what is seen alone: if anything else is asked inside, the value is not kept. */
        QUERIES,
        /**
         * Also on queries that are not understood or whose answers change by themselves, such as the time: what these alone would
         * change is shown when the time to live has passed.
         */
        QUERIES_AND_TIME,
        /** On time and on what was declared: what is asked inside does not matter. */
        TIME
    }

    /**
     * A query that is not executed.
     *
     * @param parameters bound as by {@code setObject}
     */
    public record DeclaredQuery(String sql, List<@Nullable Object> parameters) {
        public DeclaredQuery {
            parameters = java.util.Collections.unmodifiableList(new ArrayList<>(parameters));
        }
    }

    public ComputedSettings {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl = " + ttl + ": more than 0 is allowed");
        }
        tables = List.copyOf(tables);
        queries = List.copyOf(queries);
    }

    /** Kept for this time, as long as nothing that it was computed from can have changed. */
    public static ComputedSettings of(Duration ttl) {
        return new ComputedSettings(ttl, Scope.QUERIES, null, List.of(), List.of());
    }

    public ComputedSettings in(Scope value) {
        return new ComputedSettings(ttl, value, variant, tables, queries);
    }

    public ComputedSettings variant(String value) {
        return new ComputedSettings(ttl, scope, value, tables, queries);
    }

    /** Depends on every row of a table too. */
    public ComputedSettings dependsOn(String table) {
        List<String> more = new ArrayList<>(tables);
        more.add(table);
        return new ComputedSettings(ttl, scope, variant, more, queries);
    }

    /** Depends on what a query would return too. */
    public ComputedSettings dependsOnQuery(String sql, @Nullable Object... parameters) {
        List<DeclaredQuery> more = new ArrayList<>(queries);
        more.add(new DeclaredQuery(sql, java.util.Arrays.asList(parameters)));
        return new ComputedSettings(ttl, scope, variant, tables, more);
    }
}
