package dev.staleless.sql;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images of the rows that a statement changes, had from the database along with it: the statement is sent as a part of a
 * query that does what the statement does, and returns how many rows it changed and the images of the first {@link #MAX_ROWS}.
 * Immutable.
 *
 * <p>The query's first column is the number of changed rows, on each of its rows; it has no row if none was changed. If it returns
 * {@linkplain #cascades other tables' rows} as well, its second column tells which {@linkplain Returned#source source} a row is of,
 * and the third which transactions had ended when it was read; then the text is one of two statements, and the second one's only
 * value tells the same for the time when everything was done. The other columns are {@link #cells}.
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
        ONE,
        /** The new row of an INSERT, the old one of an UPDATE or DELETE: H2's delta tables. */
        DELTA
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
     * @param index as JDBC counts: from 1
     * @param column of the table; empty for the parts that are not about one
     */
    record Cell(int index, Part part, String column, ColumnType type) {}

    /**
     * A row of the query.
     *
     * @param source 0 for a row that the statement changed, the others for rows that it brings with them
     * @param count the number of rows that the statement changed
     * @param values of the source's cells: canonical, null for NULL, {@link Parameters#OPAQUE} if not known
     */
    record Returned(int source, long count, List<@Nullable Object> values) {}

    /** The table whose rows the statement changes. */
    TableName table();

    /** All tables whose rows are returned. */
    Set<TableName> tables();

    /** Whether rows of other tables are returned that foreign keys change with those of the statement. */
    boolean cascades();

    /** The same, without rows that foreign keys change. */
    RowImages withoutCascades();

    /** The query. Its parameters are those of the statement. */
    String sql();

    /** The statement's own text. */
    String statement();

    /** How many characters stand in the query before the statement that do not stand before it in its own text. */
    int shift();

    /** The statement's first word, in capitals, as messages of the database name it. */
    String command();

    /** Number of sources, the statement's own rows included. */
    int sources();

    /** The query's columns that tell of the rows of a source. */
    List<Cell> cells(int source);

    /**
     * The changes of one execution, and what they bring with them.
     *
     * @param undisturbed whether no other transaction has ended between the reading of what the foreign keys will change and the
     *     end of the statement; nothing is believed of these rows otherwise
     * @return null if the statement changed more rows than were returned
     */
    @Nullable
    List<ChangeEvent> events(Parameters parameters, List<Returned> rows, boolean undisturbed);
}
