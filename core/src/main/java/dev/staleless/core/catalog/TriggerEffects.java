package dev.staleless.core.catalog;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the triggers of a table change beside what a statement says, declared by whoever knows them.
 *
 * @param tables in which they may change any row
 * @param columns of the very row that is written, in which they may store something else; null for any column
 */
public record TriggerEffects(
        Set<TableName> tables, @Nullable Set<String> columns) {

    public TriggerEffects {
        tables = Set.copyOf(tables);
        columns = columns == null ? null : Set.copyOf(columns);
    }
}
