package dev.staleless.integration.corpus;

import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.using;
import static org.jooq.impl.DSL.when;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application of jOOQ asks for: the same questions of every table, and of every two that a foreign key joins. */
final class JooqStatements {

    private static final Logger LOG = LoggerFactory.getLogger(JooqStatements.class);

    private final Connection connection;
    private final DSLContext jooq;
    private final List<Table<?>> tables = new ArrayList<>();

    private JooqStatements(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        jooq = using(connection, SQLDialect.POSTGRES, new Settings().withRenderSchema(false));
    }

    static void send(DataSource source, String url) throws SQLException {
        try (Connection connection = source.getConnection();
                Connection unrecorded = DriverManager.getConnection(url)) {
            JooqStatements statements = new JooqStatements(connection);
            using(unrecorded, SQLDialect.POSTGRES)
                    .meta()
                    .filterSchemas(schema -> schema.getName().equals("public"))
                    .getTables()
                    .forEach(statements.tables::add);
            statements.tables.sort(Comparator.comparing(Table::getName));
            statements.all();
        }
    }

    private void all() {
        for (Table<?> table : tables) {
            reads(table);
            if (table.getPrimaryKey() != null) {
                byKey(table);
                changes(table);
            }
            for (ForeignKey<?, ?> key : table.getReferences()) {
                joins(table, key);
            }
        }
        unquoted();
    }

    /** Each statement alone in a transaction that is undone: none changes what the next one finds. */
    private void run(Query query) {
        try {
            try {
                jooq.execute(query);
            } catch (DataAccessException e) {
                LOG.debug("refused: {}", query, e);
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- one table

    private void reads(Table<?> table) {
        Field<?> first = table.field(0);
        run(jooq.selectFrom(table).orderBy(first.desc()).limit(10).offset(20));
        run(jooq.selectCount().from(table));
        run(jooq.selectDistinct(table.field(1)).from(table).orderBy(table.field(1)));
        run(jooq.select(table.field(1), count())
                .from(table)
                .groupBy(table.field(1))
                .having(count().gt(1)));
        run(jooq.select(first, rowNumber().over().partitionBy(table.field(1)).orderBy(first))
                .from(table));
        Condition any = null;
        for (Field<?> field : table.fields()) {
            run(jooq.selectFrom(table).where(question(field)));
            any = any == null ? question(field) : any.or(question(field));
        }
        run(jooq.select(first).from(table).where(any));
        run(jooq.select(first)
                .from(table)
                .where(any.not())
                .orderBy(table.field(1).asc().nullsLast()));
        run(jooq.select(max(first), min(first)).from(table).where(table.field(1).isNotNull()));
    }

    /** A question that fits the column: each type has its own few. */
    @SuppressWarnings("unchecked")
    private static Condition question(Field<?> field) {
        Class<?> type = field.getType();
        int kind = Math.floorMod((field.getQualifiedName().toString()).hashCode(), 6);
        if (type == String.class) {
            Field<String> text = (Field<String>) field;
            return switch (kind) {
                case 0 -> text.containsIgnoreCase("an");
                case 1 -> text.startsWith("A");
                case 2 -> text.in("a", "b", "c");
                case 3 -> lower(text).eq("x");
                case 4 -> text.likeIgnoreCase("a!%%", '!');
                default -> text.isNull().or(text.ne(inline("it's")));
            };
        }
        if (Number.class.isAssignableFrom(type)) {
            Field<Number> number = (Field<Number>) field;
            return switch (kind) {
                case 0 -> number.cast(SQLDataType.BIGINT).between(1L, 10L);
                case 1 -> number.cast(SQLDataType.NUMERIC(10, 2)).plus(1).gt(java.math.BigDecimal.TEN);
                case 2 -> number.coerce(SQLDataType.INTEGER).in(1, 2, 3, 4);
                case 3 -> number.isDistinctFrom(number.neg());
                case 4 -> number.mod(2).eq((Number) 0).and(number.isNotNull());
                default -> number.coerce(SQLDataType.INTEGER).notIn(7, 8).or(number.isNull());
            };
        }
        if (type == Boolean.class) {
            return kind % 2 == 0 ? field.isTrue() : field.isFalse();
        }
        return kind % 2 == 0
                ? field.isNull()
                : field.isNotNull().and(((Field<Object>) field).le((Field<Object>) field));
    }

    @SuppressWarnings("unchecked")
    private static Condition pinned(Table<?> table) {
        Condition condition = null;
        for (Field<?> field : table.getPrimaryKey().getFields()) {
            Condition part = ((Field<Object>) field).eq(value(field));
            condition = condition == null ? part : condition.and(part);
        }
        return condition;
    }

    @SuppressWarnings("unchecked")
    private static <T> T value(Field<T> field) {
        Class<?> type = field.getType();
        Object value = type == String.class ? "a" : type == java.util.UUID.class ? new java.util.UUID(1, 2) : 1;
        if (type == Boolean.class) {
            value = true;
        } else if (field.getDataType().isTemporal()) {
            value = "2026-01-02 00:00:00";
        } else if (type.isArray()) {
            value = new String[] {"a", "b"};
        } else if (type == org.jooq.JSONB.class) {
            value = org.jooq.JSONB.valueOf("{}");
        }
        return (T) field.getDataType().convert(value);
    }

    private void byKey(Table<?> table) {
        Condition pinned = pinned(table);
        run(jooq.selectFrom(table).where(pinned));
        run(jooq.selectFrom(table).where(pinned).forUpdate());
        run(jooq.selectOne().from(table).where(pinned).limit(1));
        run(jooq.select(inline(1)).where(exists(selectOne().from(table).where(pinned))));
        List<Field<?>> key = new ArrayList<>(table.getPrimaryKey().getFields());
        run(jooq.select(table.fields())
                .from(table)
                .orderBy(key)
                .seek(key.stream().map(JooqStatements::value).toArray())
                .limit(5));
    }

    @SuppressWarnings("unchecked")
    private void changes(Table<?> table) {
        Condition pinned = pinned(table);
        List<Field<Object>> others = new ArrayList<>();
        for (Field<?> field : table.fields()) {
            if (!table.getPrimaryKey().getFields().contains(field)) {
                others.add((Field<Object>) field);
            }
        }
        List<Field<?>> all = List.of(table.fields());
        List<Object> values = all.stream().map(field -> (Object) value(field)).toList();
        for (Field<Object> field : others) {
            run(jooq.update(table).set(field, value(field)).where(pinned));
        }
        run(jooq.deleteFrom(table).where(pinned).and(inline(0).eq(1)));
        run(jooq.deleteFrom(table)
                .where(question(all.get(all.size() - 1)))
                .and(inline(0).eq(1)));
        run(jooq.insertInto(table)
                .columns(all)
                .select(select(all)
                        .from(table)
                        .where(question(all.get(0))
                                .and(pinned.not())
                                .and(inline(1).eq(0)))));
        insertValues(table, all, values);
        if (!others.isEmpty()) {
            Field<Object> last = others.get(others.size() - 1);
            run(jooq.update(table)
                    .set(List.of(last).stream()
                            .collect(java.util.stream.Collectors.toMap(field -> field, field -> field)))
                    .where(question(all.get(0)))
                    .returning());
        }
    }

    /** Most lack what their foreign keys refer to and fail: they are sent all the same. */
    private void insertValues(Table<?> table, List<Field<?>> all, List<Object> values) {
        run(jooq.insertInto(table).columns(all).values(values));
        run(jooq.insertInto(table).columns(all).values(values).values(values).onConflictDoNothing());
        run(jooq.insertInto(table)
                .columns(all)
                .values(values)
                .onDuplicateKeyUpdate()
                .set(java.util.Map.of(last(table), org.jooq.impl.DSL.excluded(last(table)))));
        run(jooq.insertInto(table).columns(all).values(values).returning(table.field(0)));
    }

    @SuppressWarnings("unchecked")
    private static Field<Object> last(Table<?> table) {
        return (Field<Object>) table.field(table.fields().length - 1);
    }

    // ---- two tables

    private void joins(Table<?> table, ForeignKey<?, ?> key) {
        Table<?> child = table.as("c");
        Table<?> parent = key.getKey().getTable().as("p");
        Condition on = null;
        List<? extends TableField<?, ?>> to = key.getKey().getFields();
        for (int i = 0; i < to.size(); i++) {
            Condition part = same(child.field(key.getFields().get(i)), parent.field(to.get(i)));
            on = on == null ? part : on.and(part);
        }
        Field<?> second = child.field(1);
        Field<?> label = parent.field(1);
        Condition asked = question(table.field(1));
        run(jooq.select(child.fields())
                .select(label)
                .from(child)
                .join(parent)
                .on(on)
                .where(question(label)));
        run(jooq.select(parent.fields()).from(parent).leftJoin(child).on(on).where(second.isNull()));
        run(jooq.select(label, count(second))
                .from(parent)
                .leftJoin(child)
                .on(on)
                .groupBy(label)
                .orderBy(count(second).desc()));
        run(jooq.selectFrom(parent).where(exists(selectOne().from(child).where(on))));
        run(jooq.selectFrom(parent)
                .where(notExists(selectOne().from(child).where(on).and(question(second)))));
        run(jooq.select(label, jooq.selectCount().from(child).where(on).asField("n"))
                .from(parent)
                .limit(3));
        run(jooq.selectFrom(child)
                .whereExists(selectOne().from(parent).where(on).and(question(label))));
        run(jooq.select(countDistinct(second)).from(child).rightJoin(parent).on(on));
        run(jooq.select(max(second))
                .from(child)
                .join(parent)
                .on(on)
                .where(question(label))
                .and(question(second)));
        run(jooq.with("t")
                .as(select(child.fields()).from(child).where(question(second)))
                .select(count())
                .from(name("t")));
        run(jooq.select(second(table))
                .from(table)
                .where(asked)
                .union(select(second(table)).from(table).where(asked.not())));
    }

    @SuppressWarnings("unchecked")
    private static Field<Object> second(Table<?> table) {
        return (Field<Object>) table.field(1);
    }

    @SuppressWarnings("unchecked")
    private static Condition same(Field<?> left, Field<?> right) {
        return ((Field<Object>) left).eq((Field<Object>) right);
    }

    // ---- what fits single tables only, with names that are not quoted

    private void unquoted() {
        DSLContext dsl = using(jooq.configuration()
                .derive(new Settings()
                        .withRenderSchema(false)
                        .withRenderNameCase(RenderNameCase.LOWER)
                        .withRenderQuotedNames(RenderQuotedNames.NEVER)));
        Table<?> orders = table("orders");
        Table<?> line = table("order_line");
        Table<?> customer = table("customer");
        Field<Long> id = orders.field("id", Long.class);
        Field<String> status = orders.field("status", String.class);
        Field<java.math.BigDecimal> total = orders.field("total", java.math.BigDecimal.class);
        Field<Long> buyer = orders.field("customer_id", Long.class);
        Field<Long> order = line.field("order_id", Long.class);
        Field<Integer> quantity = line.field("quantity", Integer.class);
        Field<Long> customerId = customer.field("id", Long.class);
        Field<String> city = customer.field("city", String.class);
        List<Query> queries = List.of(
                dsl.select(status, sum(total), avg(total))
                        .from(orders)
                        .groupBy(status)
                        .having(sum(total).gt(java.math.BigDecimal.TEN)),
                dsl.select(status, city, count())
                        .from(orders)
                        .join(customer)
                        .on(customerId.eq(buyer))
                        .groupBy(org.jooq.impl.DSL.rollup(status, city)),
                dsl.select(status, city, count())
                        .from(orders)
                        .join(customer)
                        .on(customerId.eq(buyer))
                        .groupBy(org.jooq.impl.DSL.cube(status, city)),
                dsl.select(id).from(orders).where(row(buyer, status).eq(1L, "NEW")),
                dsl.select(id).from(orders).where(row(buyer, status).in(row(1L, "NEW"), row(2L, "PAID"))),
                dsl.select(id).from(orders).where(id.eq(org.jooq.impl.DSL.any(1L, 2L, 3L))),
                dsl.select(id)
                        .from(orders)
                        .where(buyer.in(select(customerId).from(customer).where(city.eq("Paris")))),
                dsl.select(id)
                        .from(orders)
                        .where(buyer.notIn(select(customerId).from(customer).where(city.isNull()))),
                dsl.select(
                                id,
                                when(total.gt(java.math.BigDecimal.TEN), "big")
                                        .when(total.isNull(), "none")
                                        .otherwise("small"))
                        .from(orders),
                dsl.select(id, coalesce(total, java.math.BigDecimal.ZERO))
                        .from(orders)
                        .orderBy(coalesce(total, java.math.BigDecimal.ZERO)),
                dsl.select(concat(city, inline(", "), customer.field("country", String.class)))
                        .from(customer),
                dsl.select(
                                id,
                                sum(total)
                                        .over()
                                        .partitionBy(buyer)
                                        .orderBy(id)
                                        .rowsBetweenUnboundedPreceding()
                                        .andCurrentRow())
                        .from(orders),
                dsl.select(
                                id,
                                org.jooq.impl.DSL.lag(total).over().orderBy(id),
                                org.jooq.impl.DSL.rank().over().orderBy(total.desc()))
                        .from(orders),
                dsl.select(customer.fields()).distinctOn(city).from(customer).orderBy(city, customerId),
                dsl.selectFrom(orders)
                        .where(status.eq("NEW"))
                        .limit(1)
                        .forUpdate()
                        .skipLocked(),
                dsl.select(id)
                        .from(orders)
                        .where(org.jooq
                                .impl
                                .DSL
                                .extract(orders.field("placed_at"), org.jooq.DatePart.YEAR)
                                .eq(2026)),
                dsl.select(
                                org.jooq.impl.DSL.trunc(
                                        orders.field("placed_at", java.sql.Timestamp.class), org.jooq.DatePart.MONTH),
                                count())
                        .from(orders)
                        .groupBy(org.jooq.impl.DSL.inline(1)),
                dsl.select(id).from(orders).intersect(dsl.select(order).from(line)),
                dsl.select(id).from(orders).except(dsl.select(order).from(line)),
                dsl.select(org.jooq.impl.DSL.multiset(
                                select(quantity).from(line).where(order.eq(id))))
                        .from(orders),
                dsl.select(org.jooq.impl.DSL.jsonObject(
                                org.jooq.impl.DSL.key("id").value(id),
                                org.jooq.impl.DSL.key("s").value(status)))
                        .from(orders),
                dsl.select(org.jooq.impl.DSL.jsonArrayAgg(status)).from(orders),
                dsl.select(org.jooq.impl.DSL.listAgg(status, ", ").withinGroupOrderBy(id))
                        .from(orders),
                dsl.select(org.jooq.impl.DSL.arrayAgg(id).orderBy(id.desc()))
                        .from(orders)
                        .groupBy(buyer),
                dsl.select(count().filterWhere(status.eq("NEW")), count()).from(orders),
                dsl.select(org.jooq.impl.DSL.percentileCont(0.5).withinGroupOrderBy(total))
                        .from(orders),
                dsl.update(orders)
                        .set(
                                total,
                                select(sum(quantity).cast(SQLDataType.NUMERIC(12, 2)))
                                        .from(line)
                                        .where(order.eq(id)))
                        .where(status.eq("NEW")),
                dsl.update(orders)
                        .set(status, "X")
                        .from(customer)
                        .where(customerId.eq(buyer))
                        .and(city.eq("Paris")),
                dsl.update(orders)
                        .set(total, total.plus(1))
                        .set(status, status.concat("!"))
                        .where(id.between(1L, 9L)),
                dsl.deleteFrom(line).using(orders).where(order.eq(id)).and(status.eq("GONE")),
                dsl.deleteFrom(line).where(order.in(select(id).from(orders).where(status.eq("GONE")))),
                dsl.mergeInto(table("tag"))
                        .using(selectOne())
                        .on(table("tag").field("name", String.class).eq("x"))
                        .whenNotMatchedThenInsert(table("tag").field("name", String.class))
                        .values("x"),
                dsl.withRecursive(name("tree")
                                .fields("id", "parent_id")
                                .as(select(
                                                table("category").field("id", Long.class),
                                                table("category").field("parent_id", Long.class))
                                        .from(table("category"))
                                        .where(table("category")
                                                .field("parent_id")
                                                .isNull())
                                        .unionAll(select(
                                                        table("category").field("id", Long.class),
                                                        table("category").field("parent_id", Long.class))
                                                .from(table("category"))
                                                .join(name("tree"))
                                                .on(table("category")
                                                        .field("parent_id", Long.class)
                                                        .eq(org.jooq.impl.DSL.field(name("tree", "id"), Long.class))))))
                        .selectFrom(org.jooq.impl.DSL.table(name("tree"))));
        queries.forEach(this::run);
        run(dsl.select(id, org.jooq.impl.DSL.field(name("l", "n")))
                .from(orders)
                .crossJoin(org.jooq
                        .impl
                        .DSL
                        .lateral(select(count().as("n")).from(line).where(order.eq(id)))
                        .as("l")));
        run(dsl.selectFrom(org.jooq.impl.DSL.values(row(1, "a"), row(2, "b")).as("v", "x", "y")));
        run(dsl.truncate(table("setting")));
    }

    private Table<?> table(String name) {
        return tables.stream()
                .filter(table -> table.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
