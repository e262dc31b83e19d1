package dev.staleless.testkit.staleness;

import dev.staleless.testkit.staleness.RandomSchema.Col;
import dev.staleless.testkit.staleness.RandomSchema.Domain;
import dev.staleless.testkit.staleness.RandomSchema.Ref;
import dev.staleless.testkit.staleness.RandomSchema.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Writes that only MariaDB has: rows replaced or ignored by any unique key, limits, several tables, keys made by it. */
final class MariaDbWrites {

    /** Most of its values are NULL or of one row: REPLACE finds rows by it that have another key. */
    static final Col UNIQUE_NUMBER = new Col("u", "int UNIQUE", Domain.INTEGER);

    /** Equal whatever its letters' case and the spaces at its end. */
    static final Col UNIQUE_TEXT = new Col("u", "varchar(20) UNIQUE", Domain.TEXT);

    private final RandomSchema schema;
    private final Random random;
    private final RandomConditions conditions;
    private final int rows;

    MariaDbWrites(RandomSchema schema, Random random, RandomConditions conditions, int rows) {
        this.schema = schema;
        this.random = random;
        this.conditions = conditions;
        this.rows = rows;
    }

    static boolean isUnique(Col col) {
        return col.name().equals("u");
    }

    static Object uniqueValue(Col col, Random random) {
        int number = random.nextInt(400);
        if (col.domain() == Domain.INTEGER) {
            return number;
        }
        return (random.nextBoolean() ? "key" : "KEY") + number + " ".repeat(random.nextInt(2));
    }

    Sql next(Tab tab) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> rowsOf("REPLACE INTO ", tab, "");
            case 2 -> rowsOf("INSERT IGNORE INTO ", tab, "");
            case 3 -> upsert(tab);
            case 4 -> changedKey(tab);
            case 5 -> limited(tab);
            case 6 -> severalTables(tab);
            case 7 -> madeKey(tab);
            case 8 -> copied(tab);
            default -> ignoring(tab);
        };
    }

    private long someKey() {
        return 1L + random.nextInt(rows + 10);
    }

    Sql upsert(Tab tab) {
        Col col = tab.any(random);
        String set = new String[] {
                    col.name() + " = VALUES(" + col.name() + ")",
                    "a = a + 1",
                    "s = VALUES(s), a = VALUES(id) % 8",
                    "id = id",
                    "a = 3"
                }
                [random.nextInt(5)];
        return rowsOf("INSERT INTO ", tab, " ON DUPLICATE KEY UPDATE " + set);
    }

    /** One to three rows, of all columns or of some. */
    private Sql rowsOf(String start, Tab tab, String end) {
        int count = 1 + random.nextInt(3);
        List<@Nullable Object> parameters = new ArrayList<>();
        if (random.nextBoolean()) {
            String one = RandomSchema.insertSql(tab);
            String marks = one.substring(one.lastIndexOf('('));
            for (int i = 0; i < count; i++) {
                parameters.addAll(RandomSchema.insertValues(tab, someKey(), random, rows));
            }
            String sql = one.replace("INSERT INTO ", start) + (", " + marks).repeat(count - 1);
            return new Sql(sql + end, parameters, true);
        }
        Col col = tab.any(random);
        for (int i = 0; i < count; i++) {
            parameters.add(someKey());
            parameters.add(RandomSchema.value(col, random));
        }
        String sql = start + tab.name() + " (id, " + col.name() + ") VALUES (?, ?)" + ", (?, ?)".repeat(count - 1);
        return new Sql(sql + end, parameters, true);
    }

    private Sql changedKey(Tab tab) {
        return new Sql("UPDATE " + tab.name() + " SET id = ? WHERE id = ?", List.of(someKey(), someKey()), true);
    }

    private Sql limited(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        Col col = tab.any(random);
        boolean update = random.nextBoolean();
        if (update) {
            parameters.add(RandomSchema.value(col, random));
        }
        String where = conditions.condition(tab, "", parameters, 1) + " ORDER BY id LIMIT 2";
        return new Sql(
                (update ? "UPDATE " + tab.name() + " SET " + col.name() + " = ?" : "DELETE FROM " + tab.name())
                        + " WHERE " + where,
                parameters,
                true);
    }

    private Sql severalTables(Tab tab) {
        if (tab.refs().isEmpty()) {
            return limited(tab);
        }
        Ref ref = tab.refs().get(random.nextInt(tab.refs().size()));
        String joined = tab.name() + " x JOIN " + ref.table() + " y ON x." + ref.column() + " = y.id";
        List<@Nullable Object> parameters = new ArrayList<>();
        String where = " WHERE " + conditions.condition(tab, "x.", parameters, 0) + " AND y.id BETWEEN ? AND ?";
        long from = someKey();
        parameters.add(from);
        parameters.add(from + 3);
        String start = new String[] {
                    "UPDATE " + joined + " SET x.a = 5",
                    "UPDATE " + joined + " SET x.a = y.a, y.a = 2",
                    "DELETE x FROM " + joined
                }
                [random.nextInt(3)];
        return new Sql(start + where, parameters, true);
    }

    /** The key is left out, NULL or 0: the server makes it. */
    private Sql madeKey(Tab tab) {
        Col col = tab.any(random);
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(RandomSchema.value(col, random));
        String sql = new String[] {
                    " (" + col.name() + ") VALUES (?)",
                    " (id, " + col.name() + ") VALUES (NULL, ?)",
                    " SET id = 0, " + col.name() + " = ?"
                }
                [random.nextInt(3)];
        return new Sql("INSERT INTO " + tab.name() + sql, parameters, true);
    }

    private Sql copied(Tab tab) {
        Tab other = schema.tables.get(random.nextInt(schema.tables.size()));
        String start = new String[] {"INSERT IGNORE INTO ", "REPLACE INTO ", "INSERT INTO "}[random.nextInt(3)];
        return new Sql(
                start + tab.name() + " (id, a, s) SELECT id + 1, a, s FROM " + other.name() + " WHERE id = ?",
                List.of(someKey()),
                true);
    }

    /** What does not fit is cut or clamped, without an error. */
    private Sql ignoring(Tab tab) {
        Col col = tab.any(random);
        Object[] values = switch (col.domain()) {
            case INTEGER, DECIMAL, FLAG -> new Object[] {-5, 300, 99999999999L, "7", "3x", 2.5};
            case UUID -> new Object[] {"00000000000000070000000000000001", "x"};
            case TEXT -> new Object[] {"alphabet and more than fits into", "ALPHA   ", 7, 2.50};
            case DATE, TIMESTAMP -> new Object[] {"2024-02-30", "2024-01-29 12:00:00.99", 20240130, "x"};
        };
        String sql = random.nextBoolean()
                ? "UPDATE IGNORE " + tab.name() + " SET " + col.name() + " = ? WHERE id = ?"
                : "INSERT IGNORE INTO " + tab.name() + " (" + col.name() + ", id) VALUES (?, ?)";
        return new Sql(sql, List.of(values[random.nextInt(values.length)], someKey()), true);
    }
}
