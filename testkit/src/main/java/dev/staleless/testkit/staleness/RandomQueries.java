package dev.staleless.testkit.staleness;

import dev.staleless.testkit.staleness.RandomSchema.Ref;
import dev.staleless.testkit.staleness.RandomSchema.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Random queries over a random schema: the forms that applications and mappers send. */
final class RandomQueries {

    private final RandomSchema schema;
    private final Random random;
    private final RandomConditions conditions;

    RandomQueries(RandomSchema schema, Random random) {
        this.schema = schema;
        this.random = random;
        this.conditions = RandomConditions.of(schema.product, random);
    }

    List<Sql> pool(int size) {
        List<Sql> pool = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            pool.add(next());
        }
        return pool;
    }

    private Sql next() {
        Tab tab = schema.tables.get(random.nextInt(schema.tables.size()));
        return switch (random.nextInt(16)) {
            case 0, 1 -> byKey(tab);
            case 2, 3 -> listing(tab);
            case 4 -> page(tab);
            case 5 -> count(tab);
            case 6 -> grouped(tab);
            case 7, 8 -> joined(tab, "JOIN");
            case 9 -> joined(tab, "LEFT JOIN");
            case 10 -> exists(tab);
            case 11 -> inSubquery(tab);
            case 12 -> distinct(tab);
            case 13 -> union(tab);
            case 14 -> derived(tab);
            default -> selfJoin(tab);
        };
    }

    private Sql byKey(Tab tab) {
        return new Sql("SELECT * FROM " + tab.name() + " WHERE id = ?", List.of(1L + random.nextInt(70)), true);
    }

    private Sql listing(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String where = conditions.condition(tab, "x.", parameters, 2);
        boolean ordered = random.nextBoolean();
        String sql = "SELECT " + columns(tab, "x.") + " FROM " + tab.name() + " x WHERE " + where;
        return new Sql(ordered ? sql + " ORDER BY x." + tab.any(random).name() + ", x.id" : sql, parameters, ordered);
    }

    private String columns(Tab tab, String alias) {
        if (random.nextInt(3) == 0) {
            return alias + "*";
        }
        StringJoiner names = new StringJoiner(", ");
        if (random.nextInt(3) > 0) {
            names.add(alias + "id");
        }
        tab.cols().forEach(col -> {
            if (random.nextBoolean()) {
                names.add(alias + col.name());
            }
        });
        return names.length() == 0 ? alias + "a" : names.toString();
    }

    private Sql page(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String where = conditions.condition(tab, "", parameters, 1);
        String order = tab.any(random).name()
                + (random.nextBoolean() ? " DESC" : "")
                + (random.nextBoolean() && schema.product != Product.MARIADB ? " NULLS FIRST" : "");
        String sql = "SELECT id, a, s FROM " + tab.name() + " WHERE " + where + " ORDER BY " + order + ", id LIMIT "
                + (1 + random.nextInt(8)) + (random.nextBoolean() ? " OFFSET " + random.nextInt(4) : "");
        return new Sql(sql, parameters, true);
    }

    private Sql count(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String where = conditions.condition(tab, "x.", parameters, 2);
        String most = tab.isPlain("s") ? "s" : "a";
        String what = new String[] {
                    "count(*)", "count(x.a), sum(x.a)", "max(x." + most + "), min(x.a)", "count(DISTINCT x.s)"
                }
                [random.nextInt(4)];
        return new Sql("SELECT " + what + " FROM " + tab.name() + " x WHERE " + where, parameters, true);
    }

    private Sql grouped(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String where = conditions.condition(tab, "", parameters, 1);
        String by = tab.anyPlain(random).name();
        String having = random.nextBoolean() ? " HAVING count(*) > 1" : "";
        String sql = "SELECT " + by + ", count(*), sum(a) FROM " + tab.name() + " WHERE " + where + " GROUP BY " + by
                + having;
        return new Sql(sql, parameters, false);
    }

    private Sql joined(Tab tab, String join) {
        if (tab.refs().isEmpty()) {
            return listing(tab);
        }
        Ref ref = tab.refs().get(random.nextInt(tab.refs().size()));
        Tab other = named(ref.table());
        List<@Nullable Object> parameters = new ArrayList<>();
        String on = "x." + ref.column() + " = y.id";
        if (random.nextInt(3) == 0) {
            on += " AND " + conditions.condition(other, "y.", parameters, 1);
        }
        boolean turned = random.nextBoolean();
        String from = turned
                ? other.name() + " y " + join + " " + tab.name() + " x"
                : tab.name() + " x " + join + " " + other.name() + " y";
        String where = conditions.condition(turned ? other : tab, turned ? "y." : "x.", parameters, 1);
        if (random.nextBoolean()) {
            where += " AND " + conditions.condition(turned ? tab : other, turned ? "x." : "y.", parameters, 0);
        }
        return new Sql(
                "SELECT x.id, x.a, x.s, y.id, y.a FROM " + from + " ON " + on + " WHERE " + where, parameters, false);
    }

    private Sql selfJoin(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String where = conditions.condition(tab, "x.", parameters, 1) + " AND "
                + conditions.condition(tab, "y.", parameters, 1);
        return new Sql(
                "SELECT x.id, y.id FROM " + tab.name() + " x, " + tab.name()
                        + " y WHERE x.a = y.a AND x.id <> y.id AND " + where,
                parameters,
                false);
    }

    private Sql exists(Tab tab) {
        if (tab.refs().isEmpty()) {
            return count(tab);
        }
        Ref ref = tab.refs().get(random.nextInt(tab.refs().size()));
        Tab other = named(ref.table());
        List<@Nullable Object> parameters = new ArrayList<>();
        String inner = conditions.condition(tab, "x.", parameters, 1);
        String outer = conditions.condition(other, "y.", parameters, 1);
        String not = random.nextBoolean() ? "NOT " : "";
        return new Sql(
                "SELECT y.id, y.s FROM " + other.name() + " y WHERE " + not + "EXISTS (SELECT 1 FROM " + tab.name()
                        + " x WHERE x." + ref.column() + " = y.id AND " + inner + ") AND " + outer,
                parameters,
                false);
    }

    private Sql inSubquery(Tab tab) {
        if (tab.refs().isEmpty()) {
            return page(tab);
        }
        Ref ref = tab.refs().get(random.nextInt(tab.refs().size()));
        Tab other = named(ref.table());
        List<@Nullable Object> parameters = new ArrayList<>();
        String inner = conditions.condition(other, "y.", parameters, 1);
        String not = random.nextInt(3) == 0 ? " NOT" : "";
        return new Sql(
                "SELECT x.id, x.a FROM " + tab.name() + " x WHERE x." + ref.column() + not + " IN (SELECT y.id FROM "
                        + other.name() + " y WHERE " + inner + ")",
                parameters,
                false);
    }

    private Sql distinct(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String where = conditions.condition(tab, "", parameters, 1);
        return new Sql(
                "SELECT DISTINCT a, " + tab.anyPlain(random).name() + " FROM " + tab.name() + " WHERE " + where,
                parameters,
                false);
    }

    private Sql union(Tab tab) {
        Tab other = schema.tables.get(random.nextInt(schema.tables.size()));
        List<@Nullable Object> parameters = new ArrayList<>();
        String first = "SELECT id, a FROM " + tab.name() + " WHERE " + conditions.condition(tab, "", parameters, 1);
        String second =
                "SELECT id, a FROM " + other.name() + " WHERE " + conditions.condition(other, "", parameters, 1);
        String operator = new String[] {" UNION ", " UNION ALL ", " EXCEPT ", " INTERSECT "}[random.nextInt(4)];
        return new Sql(first + operator + second, parameters, false);
    }

    private Sql derived(Tab tab) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String inner = "SELECT a, count(*) AS n FROM " + tab.name() + " WHERE "
                + conditions.condition(tab, "", parameters, 1) + " GROUP BY a";
        String sql = random.nextBoolean()
                ? "SELECT d.a, d.n FROM (" + inner + ") d WHERE d.n > 1"
                : "WITH d AS (" + inner + ") SELECT x.id, d.n FROM d JOIN " + tab.name() + " x ON x.a = d.a";
        return new Sql(sql, parameters, false);
    }

    private Tab named(String name) {
        return schema.tables.stream()
                .filter(tab -> tab.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
