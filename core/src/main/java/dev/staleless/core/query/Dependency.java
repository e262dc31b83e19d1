package dev.staleless.core.query;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.Map;

/** Something in the database that a value was computed from, as it can be told to another node. Immutable. */
public sealed interface Dependency {

    /**
     * The result of a query.
     *
     * @param sql as it was executed
     * @param searchPath schemas in which its unqualified names were looked for, in order
     * @param parameters those bound, as far as they can be told
     */
    record OfQuery(String sql, List<String> searchPath, Parameters parameters) implements Dependency {
        public OfQuery {
            searchPath = List.copyOf(searchPath);
        }
    }

    /**
     * The rows of a table with these values, one of {@link Queries#rows}.
     *
     * @param values by column
     */
    record OfRows(TableName table, Map<String, Long> values) implements Dependency {
        public OfRows {
            values = Map.copyOf(values);
        }
    }

    /** Every row of a table. */
    record OfTable(TableName table) implements Dependency {}
}
