package dev.staleless.testkit.staleness;

import dev.staleless.testkit.staleness.RandomSchema.Col;
import dev.staleless.testkit.staleness.RandomSchema.Ref;
import dev.staleless.testkit.staleness.RandomSchema.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Random writes over a random schema. Used by one thread; the source of new keys is shared. */
final class RandomWrites {

    private final RandomSchema schema;
    private final Random random;
    private final RandomConditions conditions;
    private final AtomicLong keys;
    private final int rows;

    RandomWrites(RandomSchema schema, Random random, AtomicLong keys, int rows) {
        this.schema = schema;
        this.random = random;
        this.conditions = RandomConditions.of(schema.product, random);
        this.keys = keys;
        this.rows = rows;
    }

    Sql next() {
        Tab tab = schema.tables.get(random.nextInt(schema.tables.size()));
        if (schema.product == Product.MARIADB && random.nextInt(3) == 0) {
            return new MariaDbWrites(schema, random, conditions, rows).next(tab);
        }
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> insert(tab);
            case 3 -> insertSomeColumns(tab);
            case 4, 5, 6, 7 -> updateByKey(tab);
            case 8 -> updateMany(tab);
            case 9 -> updateExpression(tab);
            case 10 -> upsert(tab);
            case 11 -> moveReference(tab);
            case 12 -> deleteMany(tab);
            default -> deleteByKey(tab);
        };
    }

    private long someKey() {
        return 1L + random.nextInt(rows + 10);
    }

    private Sql insert(Tab tab) {
        long id = random.nextBoolean() ? someKey() : keys.incrementAndGet();
        return new Sql(RandomSchema.insertSql(tab), RandomSchema.insertValues(tab, id, random, rows), true);
    }

    private Sql insertSomeColumns(Tab tab) {
        Col col = tab.any(random);
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(someKey());
        parameters.add(RandomSchema.value(col, random));
        parameters.add(someKey());
        parameters.add(RandomSchema.value(col, random));
        return new Sql(
                "INSERT INTO " + tab.name() + " (id, " + col.name() + ") VALUES (?, ?), (?, ?)", parameters, true);
    }

    private Sql updateByKey(Tab tab) {
        Col col = tab.any(random);
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(RandomSchema.value(col, random));
        parameters.add(someKey());
        return new Sql("UPDATE " + tab.name() + " SET " + col.name() + " = ? WHERE id = ?", parameters, true);
    }

    private Sql updateMany(Tab tab) {
        Col col = tab.any(random);
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(RandomSchema.value(col, random));
        String where = narrow(tab, parameters);
        return new Sql("UPDATE " + tab.name() + " SET " + col.name() + " = ? WHERE " + where, parameters, true);
    }

    private String narrow(Tab tab, List<@Nullable Object> parameters) {
        return conditions.condition(tab, "", parameters, 1) + " AND id BETWEEN " + range();
    }

    private String range() {
        long from = someKey();
        return from + " AND " + (from + 4);
    }

    private Sql updateExpression(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String set =
                new String[] {"a = (a + 1) % 8", "s = upper(s)", "a = NULL", "s = DEFAULT", "a = a"}[random.nextInt(5)];
        parameters.add(someKey());
        return new Sql("UPDATE " + tab.name() + " SET " + set + " WHERE id = ?", parameters, true);
    }

    private Sql upsert(Tab tab) {
        Col col = tab.any(random);
        if (schema.product == Product.H2) {
            return merge(tab, col);
        }
        if (schema.product == Product.MARIADB) {
            return new MariaDbWrites(schema, random, conditions, rows).upsert(tab);
        }
        String sql = "INSERT INTO " + tab.name() + " (id, " + col.name() + ") VALUES (?, ?) ON CONFLICT (id) DO "
                + (random.nextInt(3) == 0 ? "NOTHING" : "UPDATE SET " + col.name() + " = EXCLUDED." + col.name());
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(someKey());
        parameters.add(RandomSchema.value(col, random));
        return new Sql(sql, parameters, true);
    }

    private Sql merge(Tab tab, Col col) {
        String sql = "MERGE INTO " + tab.name() + " (id, " + col.name() + ") KEY (id) VALUES (?, ?)";
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(someKey());
        parameters.add(RandomSchema.value(col, random));
        return new Sql(sql, parameters, true);
    }

    private Sql moveReference(Tab tab) {
        if (tab.refs().isEmpty()) {
            return updateByKey(tab);
        }
        Ref ref = tab.refs().get(random.nextInt(tab.refs().size()));
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(random.nextInt(4) == 0 ? null : (Long) someKey());
        parameters.add(someKey());
        return new Sql("UPDATE " + tab.name() + " SET " + ref.column() + " = ? WHERE id = ?", parameters, true);
    }

    private Sql deleteMany(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        return new Sql("DELETE FROM " + tab.name() + " WHERE " + narrow(tab, parameters), parameters, true);
    }

    private Sql deleteByKey(Tab tab) {
        return new Sql("DELETE FROM " + tab.name() + " WHERE id = ?", List.of(someKey()), true);
    }
}
