package dev.staleless.sql;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rows tell that a statement returns by itself, of the rows that it changes: by its own RETURNING, or as generated keys.
 * Immutable.
 */
public interface OwnRows {

    /** The columns of the result that are columns of the table, as {@link RowImages.Part#OLD} or {@link RowImages.Part#NEW}. */
    List<RowImages.Cell> cells();

    /**
     * The changes of one execution, and what they bring with them.
     *
     * @param rows all that were returned, each with the values of the cells: canonical, null for NULL, {@link Parameters#OPAQUE}
     *     if not known
     */
    List<ChangeEvent> events(Parameters parameters, List<List<@Nullable Object>> rows);
}
