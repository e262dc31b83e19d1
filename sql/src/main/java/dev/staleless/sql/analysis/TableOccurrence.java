package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.query.TableUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is collected of one occurrence of a table while its statement is analysed. */
final class TableOccurrence {

    /**
     * The names in a text.
     *
     * @param aliases of everything that stands in one of its FROMs
     */
    record ReadNames(Identifiers identifiers, Set<String> aliases) {}

    final int index;
    final String alias;
    final Table table;

    /** Conditions of which each holds for every row that can take part. */
    final List<Condition> conditions = new ArrayList<>();

    final Map<String, TableUse.Pin> pins = new LinkedHashMap<>();

    /** Null until its block's joins were looked at; for the target of a change, for good. */
    @Nullable
    Standing standing;

    /** What the expressions of the block can name in whose FROM it stands; null for others. */
    @Nullable
    Scope block;

    /** The names among which its columns are, where that are not those of the statement: those of a view. */
    final @Nullable ReadNames names;

    boolean readsAll;

    TableOccurrence(int index, String alias, Table table, @Nullable ReadNames names) {
        this.index = index;
        this.alias = alias;
        this.table = table;
        this.names = names;
    }

    /** Whether every combination of rows that its block forms has a row of it. */
    boolean isInner() {
        return standing != null && standing.kind() == Standing.Kind.INNER;
    }

    void readWhole() {
        readsAll = true;
    }

    Condition condition() {
        return conditions.isEmpty() ? Condition.TRUE : new Condition.And(conditions);
    }
}
