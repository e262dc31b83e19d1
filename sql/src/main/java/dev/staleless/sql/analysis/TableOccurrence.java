package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.query.TableUse;
import java.util.ArrayList;
import java.util.HashSet;
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

    /** Columns read by names that the identifiers of the text do not show, for example through USING. */
    final Set<String> membership = new HashSet<>();

    /** The names among which its columns are, where that are not those of the statement: those of a view. */
    final @Nullable ReadNames names;

    boolean readsAll;
    boolean membershipIsAll;

    TableOccurrence(int index, String alias, Table table, @Nullable ReadNames names) {
        this.index = index;
        this.alias = alias;
        this.table = table;
        this.names = names;
    }

    void readWhole() {
        readsAll = true;
    }

    Condition condition() {
        return conditions.isEmpty() ? Condition.TRUE : new Condition.And(conditions);
    }
}
