package dev.staleless.sql;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The images of the rows that a statement changes, had from the database along with it: the statement is sent as a part of a
 * query that does what the statement does, and returns how many rows it changed and the images of the first {@link #MAX_ROWS}.
 * Immutable.
 *
 * <p>The query's first column is the number of changed rows, on each of its rows; it has no row if none was changed. The other
 * columns are {@link #cells}.
 */
public interface RowImages {

    /** Where more rows were changed than this, their images are not all returned, and the statement's own events hold. */
    int MAX_ROWS = 64;

    /** A longer text is not returned. */
    int MAX_OCTETS = 256;

    /** What a database can return of a row that it changes. */
    enum Returning {
        /** The old row and the new one. */
        BOTH,
        /** The new row of an INSERT or UPDATE, the old one of a DELETE. */
        ONE
    }

    /** What a column of the query says. */
    enum Part {
        /** Whether there was a row before: a boolean. */
        OLD_THERE,
        /** Whether there is a row afterwards: a boolean. */
        NEW_THERE,
        /** The value before, NULL also where it is too long. */
        OLD,
        /** The value afterwards, NULL also where it is too long. */
        NEW,
        /** Whether the value before is NULL: a boolean. */
        OLD_IS_NULL,
        /** Whether the value afterwards is NULL: a boolean. */
        NEW_IS_NULL,
        /** Whether the value is the same before and afterwards, as it is shown too: a boolean. */
        SAME
    }

    /**
     * A column of the query.
     *
     * @param column of the table; empty for the parts that are not about one
     */
    record Cell(Part part, String column, ColumnType type) {}

    /** The table whose rows these are. */
    TableName table();

    /** The query. Its parameters are those of the statement. */
    String sql();

    /** How many characters stand in the query before the statement that do not stand before it in its own text. */
    int shift();

    /** The statement's first word, in capitals, as messages of the database name it. */
    String command();

    /** The query's columns behind the first. */
    List<Cell> cells();

    /**
     * The changes of one execution: of the rows returned, which are all there are, and what they bring with them.
     *
     * @param rows for each the values of the cells: canonical, null for NULL, {@link Parameters#OPAQUE} if not known
     */
    List<ChangeEvent> events(Parameters parameters, List<List<@Nullable Object>> rows);
}
