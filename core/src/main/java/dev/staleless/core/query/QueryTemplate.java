package dev.staleless.core.query;

import dev.staleless.core.catalog.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a cacheable query reads, without the values of its parameters. Immutable; made once per SQL text and catalog
 * version.
 *
 * @param operation which kind of query it is, for the profiles
 * @param uses every occurrence of every base table, wherever it stands in the statement
 * @param parameterCount number of {@code ?}
 * @param temporalParameters zero-based indexes of the parameters that may meet a date or time type as text: a value such as
 *     'now' or 'yesterday' would make them a clock, so a query with a text bound there is not cached unless it is surely
 *     none
 * @param form how the result is made; null if that is not known
 * @param revalidation how the database is asked what a change means for a cached result; null if it cannot be
 */
public record QueryTemplate(
        Operation operation,
        List<TableUse> uses,
        int parameterCount,
        Set<Integer> temporalParameters,
        @Nullable ResultForm form,
        @Nullable Revalidation revalidation) {

    /** Kinds of queries. */
    public enum Operation {
        /** Pins the whole primary or a unique key of its only table. */
        GET,
        /** Any other query that returns rows. */
        FETCH,
        /** Returns nothing but a count. */
        COUNT,
        /** Other aggregates, with or without grouping. */
        AGGREGATE,
        /** Only asks whether there is a row. */
        EXISTS
    }

    /** A query of which nothing is known of how its result is made. */
    public QueryTemplate(
            Operation operation, List<TableUse> uses, int parameterCount, Set<Integer> temporalParameters) {
        this(operation, uses, parameterCount, temporalParameters, null, null);
    }

    /** A query of which the database cannot be asked anything but the whole. */
    public QueryTemplate(
            Operation operation,
            List<TableUse> uses,
            int parameterCount,
            Set<Integer> temporalParameters,
            @Nullable ResultForm form) {
        this(operation, uses, parameterCount, temporalParameters, form, null);
    }

    public QueryTemplate {
        uses = List.copyOf(uses);
        temporalParameters = Set.copyOf(temporalParameters);
    }

    /** The tables read, each once. */
    public Set<TableName> tables() {
        if (uses.size() == 1) {
            return Set.of(uses.get(0).table());
        }
        Set<TableName> tables = new LinkedHashSet<>();
        for (TableUse use : uses) {
            tables.add(use.table());
        }
        return tables;
    }
}
