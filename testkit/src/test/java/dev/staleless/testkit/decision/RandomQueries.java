package dev.staleless.testkit.decision;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.testkit.decision.RandomConditions.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random queries over two tables, as the decision knows them and as SQL. */
final class RandomQueries {

    private static final Condition JOIN = new Condition.Comparison(Condition.Operator.EQUAL, key(0), key(1));

    private final Schema left;
    private final Schema right;
    private final Random random;

    RandomQueries(Schema left, Schema right, Random random) {
        this.left = left;
        this.right = right;
        this.random = random;
    }

    /** One side of a query: an occurrence of a table, its condition and the columns read of it. */
    private final class Side {
        final Schema schema;
        final int index;
        final String alias;
        final Map<String, TableUse.Pin> pins = new HashMap<>();
        final Set<String> read = new HashSet<>();
        final Sentence condition;

        Side(Schema schema, int index) {
            this.schema = schema;
            this.index = index;
            alias = "x" + index;
            RandomConditions conditions = new RandomConditions(schema, index, alias, random);
            Sentence made = conditions.condition(2);
            if (random.nextInt(3) > 0) {
                String column = random.nextBoolean() ? "k" : schema.anyColumn(random);
                List<Operand> values = new ArrayList<>();
                Sentence pin = conditions.pin(column, values);
                pins.put(column, new TableUse.Pin(schema.type(column), values));
                made = new Sentence(
                        new Condition.And(List.of(pin.condition(), made.condition())),
                        "(" + pin.sql() + " AND " + made.sql() + ")");
            }
            condition = made;
            read.addAll(conditions.columns());
        }

        String select(String column) {
            read.add(column);
            return alias + "." + column;
        }

        String from() {
            return schema.table() + " " + alias;
        }

        TableUse use(Condition also) {
            return new TableUse(
                    index,
                    alias,
                    name(schema),
                    ColumnSet.of(read),
                    ColumnSet.of(read),
                    new Condition.And(List.of(also, condition.condition())),
                    pins,
                    null);
        }
    }

    static TableName name(Schema schema) {
        return new TableName("public", schema.table());
    }

    Query next() {
        Side x = new Side(left, 0);
        return switch (random.nextInt(8)) {
            case 0 -> query("SELECT count(*) FROM " + x.from() + " WHERE " + x.condition.sql(), x.use(Condition.TRUE));
            case 1 -> {
                String limited = "SELECT " + x.select("id") + " FROM " + x.from() + " WHERE " + x.condition.sql();
                yield query(limited + " ORDER BY 1 LIMIT 3", x.use(Condition.TRUE));
            }
            case 2, 3 -> join(x, new Side(random.nextBoolean() ? left : right, 1), false);
            case 4 -> join(x, new Side(right, 1), true);
            case 5, 6 -> exists(x, new Side(right, 1));
            default -> {
                String plain =
                        "SELECT " + x.select("id") + ", " + x.select(left.anyColumn(random)) + " FROM " + x.from();
                yield query(plain + " WHERE " + x.condition.sql(), x.use(Condition.TRUE));
            }
        };
    }

    private Query join(Side x, Side y, boolean outer) {
        String on = x.select("k") + " = " + y.select("k");
        String select = "SELECT " + x.select("id") + ", " + y.select("id") + " FROM " + x.from();
        String joined = outer
                ? " LEFT JOIN " + y.from() + " ON " + on + " AND " + y.condition.sql() + " WHERE " + x.condition.sql()
                : " JOIN " + y.from() + " ON " + on + " WHERE " + y.condition.sql() + " AND " + x.condition.sql();
        // of the row-preserving side, the ON filters nothing
        return query(select + joined, x.use(outer ? Condition.TRUE : JOIN), y.use(JOIN));
    }

    private Query exists(Side x, Side y) {
        boolean not = random.nextBoolean();
        String inner = "SELECT 1 FROM " + y.from() + " WHERE " + y.select("k") + " = " + x.select("k") + " AND "
                + y.condition.sql();
        String sql = "SELECT " + x.select("id") + " FROM " + x.from() + " WHERE " + x.condition.sql();
        return query(
                sql + (not ? " AND NOT EXISTS (" : " AND EXISTS (") + inner + ")", x.use(Condition.TRUE), y.use(JOIN));
    }

    private static Query query(String sql, TableUse... uses) {
        QueryTemplate template = new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(uses), 0, Set.of());
        return new Query(template, sql, Parameters.NONE);
    }

    private static Operand key(int use) {
        return new Operand.Column(use, "k", new ColumnType(ColumnType.Kind.INTEGER, -1, -1, ColumnType.Equality.EXACT));
    }
}
