package dev.staleless.core.query;

import dev.staleless.core.value.ColumnType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statements, made of a query's own text, by which the database tells whether rows with certain values take part in the query
 * now. Each has one place where a further condition is written. Immutable.
 *
 * @param existence returns a row if a combination of rows that the block of the query forms meets WHERE and the further
 *     condition
 * @param page returns the rows of such combinations as the query does, in its order and without its limit; null if the query has
 *     no limit and order, or it is not known where the rows of an occurrence are seen
 * @param pageKey what is seen of the occurrence by which {@code page} is asked; null without
 * @param handles by the index of an occurrence: what the further condition can name
 */
public record Revalidation(
        Text existence, @Nullable Text page, @Nullable PageKey pageKey, Map<Integer, List<Handle>> handles) {

    /**
     * A statement around the place of the further condition.
     *
     * @param parameters zero-based indexes of the query's parameters, in the order in which they stand before that place
     * @param parametersAfter those that stand behind it
     */
    public record Text(String before, String after, List<Integer> parameters, List<Integer> parametersAfter) {
        public Text {
            parameters = List.copyOf(parameters);
            parametersAfter = List.copyOf(parametersAfter);
        }
    }

    /**
     * A value of a changed row, and where it is found in a combination of the block's rows in which that row takes part or for
     * which it matters.
     *
     * @param column of the changed row
     * @param key whether it is a column of the primary key of the row itself
     * @param expression that has its value there, as the statement can name it
     * @param type of the changed row's column; its values have a canonical form
     */
    public record Handle(String column, boolean key, String expression, ColumnType type) {}

    /**
     * Where a row of the result shows the whole primary key of an occurrence.
     *
     * @param use index of the occurrence, which is combined with others
     * @param position zero-based column of the result
     * @param expression as the statement can name it
     */
    public record PageKey(int use, int position, String expression, ColumnType type) {}

    public Revalidation {
        handles = Map.copyOf(handles);
    }
}
