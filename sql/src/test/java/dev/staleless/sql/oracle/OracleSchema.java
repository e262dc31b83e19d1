package dev.staleless.sql.oracle;

import dev.staleless.core.catalog.Table.Action;
import dev.staleless.sql.TestCatalog;
import java.util.List;
import java.util.SplittableRandom;

/** Four small tables that refer to each other, as the database and as a catalog. */
final class OracleSchema {

    /** A column; computed ones get no values. */
    record ColumnDef(String name, String type, boolean computed) {}

    /** A table. */
    record TableDef(String name, List<ColumnDef> columns) {

        /** The columns that get values. */
        List<ColumnDef> plain() {
            return columns.stream().filter(column -> !column.computed()).toList();
        }
    }

    static final List<TableDef> TABLES = List.of(
            table("a", "id int", "x int", "y int", "s text", "b boolean", "d date"),
            table("c", "id int", "a_id int", "x int", "s text", "b boolean"),
            table("e", "id int", "c_id int", "x int", "t text", "g int computed"),
            table("m", "a_id int", "c_id int", "s text"));

    static final String DDL = """
      create table a (id int primary key, x int, y int, s text, b boolean, d date);
      create table c (id int primary key, a_id int references a on delete cascade on update cascade, x int, s text, b boolean);
      create table e (id int primary key, c_id int references c on delete set null on update cascade, x int,
                      t text default 'dflt', g int generated always as (x * 2) stored);
      create table m (a_id int, c_id int, s text, primary key (a_id, c_id))
      """;

    private OracleSchema() {}

    private static TableDef table(String name, String... columns) {
        List<ColumnDef> list = List.of(columns).stream()
                .map(column -> column.split(" "))
                .map(words -> new ColumnDef(words[0], words[1], words.length > 2))
                .toList();
        return new TableDef(name, list);
    }

    static TestCatalog catalog() {
        return TestCatalog.withFunctions()
                .table("a", "id int pk", "x int", "y int", "s text", "b boolean", "d date")
                .table("c", "id int pk", "a_id int", "x int", "s text", "b boolean")
                .table("e", "id int pk", "c_id int", "x int", "t text default", "g int computed")
                .table("m", "a_id int pk", "c_id int pk", "s text")
                .enforced("c", "a_id", "a", "id", Action.CASCADE, Action.CASCADE)
                .enforced("e", "c_id", "c", "id", Action.SET_NULL, Action.CASCADE);
    }

    /** Statements that fill the tables with a few rows; some of them fail. */
    static List<String> rows(SplittableRandom random) {
        RandomSql sql = new RandomSql(random);
        java.util.ArrayList<String> rows = new java.util.ArrayList<>();
        for (TableDef table : TABLES) {
            for (int i = 0; i < 4; i++) {
                rows.add(row(sql, table, i));
            }
        }
        return rows;
    }

    private static String row(RandomSql sql, TableDef table, int id) {
        StringBuilder values = new StringBuilder("insert into " + table.name() + " values (");
        for (ColumnDef column : table.plain()) {
            boolean key = column.name().equals("id");
            boolean isNull = !key && !table.name().equals("m") && sql.chance(15);
            values.append(values.charAt(values.length() - 1) == '(' ? "" : ", ")
                    .append(key ? id : isNull ? "null" : RandomSql.literal(sql.value(column.type())));
        }
        return values + ")";
    }
}
