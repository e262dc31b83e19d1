package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.sql.tree.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables as statements name them. */
final class Tables {

    private Tables() {}

    /** The table of a name with or without schema; null if it is not known, or not sure. */
    static @Nullable Table resolve(List<Name> name, Catalog catalog) {
        String last = name.get(name.size() - 1).text();
        return switch (name.size()) {
            case 1 -> catalog.resolve(null, last);
            case 2 -> catalog.resolve(name.get(0).text(), last);
            default -> null;
        };
    }

    /** Whether it is a temporary table of the session, of which no columns are known. */
    static boolean isOfSession(Table table) {
        return table.is(Trait.TEMPORARY) && table.columns().isEmpty();
    }

    /** Why results over the table are not cached; null if they are. */
    static @Nullable String uncacheable(Table table) {
        for (Trait trait : Trait.values()) {
            if (table.is(trait)) {
                String why = reason(trait, table.definition() != null);
                if (why != null) {
                    return table.name() + " " + why;
                }
            }
        }
        return null;
    }

    private static @Nullable String reason(Trait trait, boolean defined) {
        return switch (trait) {
            case VIEW -> "is a view";
            case MATERIALIZED_VIEW -> defined ? null : "is a materialized view";
            case FOREIGN -> "is a foreign table";
            case TEMPORARY -> "is a temporary table";
            case SYSTEM -> "is a table of the database's own catalog";
            case TRIGGERS, ALTERING_TRIGGERS, RULES -> null; // what they do matters to writes only
            case ROW_SECURITY -> "has row-level security";
            case INHERITANCE -> null; // told by the changes of its relatives
            case PARTITION -> null; // reads every column
            case OTHER -> "is of a kind that is not understood";
        };
    }
}
