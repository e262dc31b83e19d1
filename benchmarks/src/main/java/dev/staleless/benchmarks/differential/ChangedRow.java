package dev.staleless.benchmarks.differential;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that differs between two states of a database, by its primary key.
 *
 * @param before by column; null if there was none
 * @param after by column; null if there is none
 */
record ChangedRow(
        Table table,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> after) {

    /** Every row of every table, by key. */
    record State(Map<Table, Map<String, Map<String, Object>>> tables) {

        static State read(Connection connection, Catalog catalog) throws SQLException {
            Map<Table, Map<String, Map<String, Object>>> tables = new LinkedHashMap<>();
            for (Table table : catalog.tables()) {
                if (table.name().schema().equals("public")) {
                    tables.put(table, rows(connection, table));
                }
            }
            return new State(tables);
        }

        private static Map<String, Map<String, Object>> rows(Connection connection, Table table) throws SQLException {
            Map<String, Map<String, Object>> rows = new HashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(
                            "select * from " + table.name().name())) {
                while (result.next()) {
                    Map<String, Object> row = new HashMap<>();
                    for (int i = 0; i < table.columns().size(); i++) {
                        row.put(table.columns().get(i).name(), result.getObject(i + 1));
                    }
                    StringBuilder key = new StringBuilder();
                    table.primaryKey()
                            .forEach(column -> key.append(row.get(column)).append('|'));
                    rows.put(key.toString(), row);
                }
            }
            return rows;
        }

        /** What differs in a later state of the same tables. */
        List<ChangedRow> changesTo(State later) {
            List<ChangedRow> changes = new ArrayList<>();
            tables.forEach((table, rows) -> {
                Map<String, Map<String, Object>> now = later.tables.getOrDefault(table, Map.of());
                rows.forEach((key, row) -> {
                    if (!row.equals(now.get(key))) {
                        changes.add(new ChangedRow(table, row, now.get(key)));
                    }
                });
                now.forEach((key, row) -> {
                    if (!rows.containsKey(key)) {
                        changes.add(new ChangedRow(table, null, row));
                    }
                });
            });
            return changes;
        }
    }
}
