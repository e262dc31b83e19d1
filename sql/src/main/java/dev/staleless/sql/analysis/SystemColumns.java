package dev.staleless.sql.analysis;

import java.util.Set;

/** PostgreSQL's system columns: they change with every UPDATE of the row, whatever it changes. */
final class SystemColumns {

    static final Set<String> NAMES = Set.of("xmin", "xmax", "cmin", "cmax", "ctid", "tableoid");

    private SystemColumns() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
