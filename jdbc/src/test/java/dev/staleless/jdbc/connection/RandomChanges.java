package dev.staleless.jdbc.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random tables that refer to each other in every way, with defaults, computed columns and triggers, and random statements of every
 * form that change them. Values are few, so that statements meet rows.
 */
final class RandomChanges {
    private static final List<String> ACTIONS =
            List.of("NO ACTION", "CASCADE", "CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT");

    private final SplittableRandom random;
    private final List<String> tables;

    RandomChanges(SplittableRandom random, int count) {
        this.random = random;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("t" + i);
        }
        tables = names;
    }

    List<String> tables() {
        return tables;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    // ---- the schema

    /** The tables; all sequences start anew with them. */
    String ddl() {
        StringBuilder ddl = new StringBuilder();
        for (int i = 0; i < tables.size(); i++) {
            ddl.append(table(i));
        }
        ddl.append("CREATE TABLE log (rid bigint GENERATED ALWAYS AS IDENTITY, n int);")
                .append("CREATE FUNCTION alter_m() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN NEW.m := coalesce(NEW.m, 0) + 1; RETURN NEW; END';")
                .append("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO log (n) VALUES (1); RETURN NULL; END';");
        if (chance(40)) {
            ddl.append("CREATE TRIGGER a BEFORE INSERT OR UPDATE ON t0 FOR EACH ROW EXECUTE FUNCTION alter_m();");
        }
        if (chance(40)) {
            ddl.append(
                    "CREATE TRIGGER n AFTER INSERT OR UPDATE OR DELETE ON t0 FOR EACH STATEMENT EXECUTE FUNCTION note();");
        }
        return ddl.toString();
    }

    private String table(int index) {
        String kind = chance(50) ? "STORED" : "VIRTUAL";
        StringBuilder ddl = new StringBuilder("CREATE TABLE " + tables.get(index)
                + " (rid bigint GENERATED ALWAYS AS IDENTITY, id int PRIMARY KEY" + (chance(30) ? " DEFAULT 5" : "")
                + ", r int" + (chance(30) ? " DEFAULT 1" : "")
                + ", s varchar(4)" + (chance(30) ? " DEFAULT 'd'" : "")
                + ", p numeric(5, 1), m int, c char(3), at timestamp(0)"
                + ", g int GENERATED ALWAYS AS (m * 2 + id) " + kind + ", UNIQUE (id, m)");
        if (index > 0 || chance(30)) {
            int parent = chance(20) ? index : random.nextInt(index + 1);
            ddl.append(", FOREIGN KEY (r) REFERENCES ")
                    .append(tables.get(parent))
                    .append(actions());
        }
        if (index > 0 && chance(40)) {
            ddl.append(", FOREIGN KEY (r, m) REFERENCES ")
                    .append(tables.get(index - 1))
                    .append(" (id, m)")
                    .append(actions());
        }
        return ddl.append(");").toString();
    }

    private String actions() {
        String onDelete = chance(20) ? "SET NULL" : pick(ACTIONS);
        return " ON DELETE " + onDelete + " ON UPDATE " + pick(ACTIONS);
    }

    // ---- values

    private String id() {
        return String.valueOf(random.nextInt(1, 7));
    }

    private String value(String column) {
        if (chance(12) && !column.equals("id")) {
            return chance(50) ? "NULL" : "DEFAULT";
        }
        return switch (column) {
            case "id", "r" -> id();
            case "s" -> "'" + (char) ('a' + random.nextInt(3)) + "'";
            case "p" -> random.nextInt(4) + (chance(50) ? ".25" : "");
            case "m" -> String.valueOf(random.nextInt(3));
            case "c" -> "'" + (char) ('a' + random.nextInt(2)) + "'";
            default -> "'2020-01-01 00:00:0" + random.nextInt(3) + (chance(50) ? ".6'" : "'");
        };
    }

    private String computed(String table, String column) {
        return switch (random.nextInt(4)) {
            case 0 -> table + "." + column;
            case 1 -> "(SELECT max(" + column + ") FROM " + pick(tables) + ")";
            case 2 ->
                "CASE WHEN " + table + ".m = 1 THEN " + table + "." + column + " ELSE " + table + "." + column + " END";
            default ->
                column.equals("s") || column.equals("c") || column.equals("at")
                        ? table + "." + column
                        : table + "." + column + " + 1";
        };
    }

    private List<String> some(List<String> of, int least) {
        List<String> some = new ArrayList<>();
        for (String one : of) {
            if (chance(40)) {
                some.add(one);
            }
        }
        while (some.size() < least) {
            String one = pick(of);
            if (!some.contains(one)) {
                some.add(one);
            }
        }
        return some;
    }

    private static final List<String> COLUMNS = List.of("id", "r", "s", "p", "m", "c", "at");

    // ---- statements

    String insertRow(String table, int id) {
        return "INSERT INTO " + table + " (id, r, s, p, m, c, at) VALUES (" + id + ", " + value("r") + ", " + value("s")
                + ", " + value("p") + ", " + value("m") + ", " + value("c") + ", " + value("at")
                + ") ON CONFLICT DO NOTHING";
    }

    /** Any statement. */
    String statement() {
        String table = pick(tables);
        return switch (random.nextInt(12)) {
            case 0, 1 -> insert(table);
            case 2 -> insert(table) + conflict(table);
            case 3, 4, 5 -> update(table);
            case 6, 7 -> delete(table);
            case 8 -> merge(table);
            case 9 -> "TRUNCATE " + table + (chance(70) ? " CASCADE" : "");
            case 10 -> "WITH w AS (" + delete(pick(tables)) + " RETURNING id) " + update(table);
            default -> "WITH w AS (SELECT 2 AS n) " + (chance(50) ? update(table) : delete(table));
        };
    }

    private String insert(String table) {
        List<String> columns = some(COLUMNS, 1);
        String into = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") ";
        if (chance(10)) {
            return "INSERT INTO " + table + " DEFAULT VALUES";
        }
        if (chance(30)) {
            List<String> items = new ArrayList<>();
            columns.forEach(column -> items.add(
                    column.equals("id")
                            ? "x.id + 3"
                            : chance(30) && !column.equals("at") && !column.equals("p")
                                    ? value(column).replace("DEFAULT", "NULL")
                                    : "x." + column));
            return into + "SELECT " + String.join(", ", items) + " FROM " + pick(tables) + " x WHERE " + condition("x");
        }
        List<String> rows = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<String> values = new ArrayList<>();
            columns.forEach(column -> values.add(value(column)));
            rows.add("(" + String.join(", ", values) + ")");
        }
        return into + "VALUES " + String.join(", ", rows);
    }

    private String conflict(String table) {
        if (chance(30)) {
            return " ON CONFLICT DO NOTHING";
        }
        List<String> set = new ArrayList<>();
        for (String column : some(COLUMNS, 1)) {
            set.add(column + " = "
                    + (chance(50) ? "excluded." + column : chance(50) ? value(column) : computed(table, column)));
        }
        return " ON CONFLICT (id) DO UPDATE SET " + String.join(", ", set)
                + (chance(40) ? " WHERE " + condition(table) : "");
    }

    private String assignments(String table) {
        List<String> set = new ArrayList<>();
        for (String column : some(COLUMNS, 1)) {
            set.add(column + " = " + (chance(50) ? value(column) : computed(table, column)));
        }
        return String.join(", ", set);
    }

    private String update(String table) {
        String from = chance(25) ? " FROM " + pick(tables) + " o WHERE o.id = " + table + ".r AND " : " WHERE ";
        return "UPDATE " + table + " SET " + assignments(table) + from + condition(table);
    }

    private String delete(String table) {
        String using = chance(25) ? " USING " + pick(tables) + " o WHERE o.id = " + table + ".r AND " : " WHERE ";
        return "DELETE FROM " + table + using + condition(table);
    }

    private String merge(String table) {
        return "MERGE INTO " + table + " USING (SELECT id + " + random.nextInt(2) + " AS k, s AS v FROM " + pick(tables)
                + ") q ON " + table + ".id = q.k"
                + (chance(50) ? " AND " + condition(table) : "")
                + " WHEN MATCHED AND " + condition(table) + " THEN "
                + (chance(50) ? "DELETE" : "UPDATE SET " + assignments(table))
                + " WHEN MATCHED THEN UPDATE SET s = q.v"
                + (chance(50) ? " WHEN NOT MATCHED THEN INSERT (id, r, s) VALUES (q.k, " + value("r") + ", q.v)" : "")
                + (chance(30) ? " WHEN NOT MATCHED BY SOURCE AND " + condition(table) + " THEN UPDATE SET m = 2" : "");
    }

    private String condition(String table) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> table + ".id = " + id();
            case 2 -> table + ".r = " + id();
            case 3 -> table + ".id IN (" + id() + ", " + id() + ")";
            case 4 -> table + ".m >= " + random.nextInt(3) + " AND " + table + ".s = 'a'";
            case 5 -> table + ".p < 2 OR " + table + ".r IS NULL";
            case 6 -> table + ".r IS NOT NULL AND NOT " + table + ".m = 1";
            default -> "EXISTS (SELECT FROM " + pick(tables) + " z WHERE z.r = " + table + ".id)";
        };
    }
}
