package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A schema.
 *
 * @param tables stored ones
 * @param parts partitions and children of some of them, which have names of their own
 * @param views beside the tables
 * @param snapshots materialized views
 * @param ddl makes everything, in this order
 * @param spreads for a table, the tables that a change of it may change
 */
record FuzzSchema(
        Target target,
        List<FuzzTable> tables,
        List<FuzzTable> parts,
        List<FuzzTable> views,
        List<FuzzTable> snapshots,
        List<String> ddl,
        Map<String, Set<String>> spreads) {

    /** What is shown of the tables under names of its own. */
    List<FuzzTable> shown() {
        List<FuzzTable> shown = new ArrayList<>(views);
        shown.addAll(snapshots);
        return shown;
    }

    /** Every table that a statement which names these may change, themselves included. */
    Set<String> reached(FuzzStatement write) {
        Set<String> reached = new LinkedHashSet<>(write.changed());
        if (write.constructs().contains("TRUNCATE")) {
            tables.forEach(table -> reached.add(table.name()));
            parts.forEach(part -> reached.add(part.name())); // CASCADE follows every foreign key
        }
        for (boolean grown = true; grown; ) {
            grown = false;
            for (String table : List.copyOf(reached)) {
                grown |= reached.addAll(spreads.getOrDefault(table, Set.of()));
            }
        }
        return reached;
    }
}
