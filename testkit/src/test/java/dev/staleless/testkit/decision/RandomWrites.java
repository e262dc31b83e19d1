package dev.staleless.testkit.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Random writes of simple forms, each with the change event that says what is known of it. */
final class RandomWrites {

    /** A statement, and what it changes. */
    record Write(String sql, ChangeEvent event) {}

    private final Random random;
    private long nextId;

    RandomWrites(Random random, long nextId) {
        this.random = random;
        this.nextId = nextId;
    }

    Write next(Schema schema) {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> insert(schema);
            case 7, 8, 9 -> delete(schema);
            default -> update(schema);
        };
    }

    private Write insert(Schema schema) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(schema.row(nextId++, random));
        if (random.nextInt(3) == 0) {
            row.remove("c" + random.nextInt(3));
        }
        return new Write(
                schema.insert(row), ChangeEvent.insert(RandomQueries.name(schema), new Image(schema.stored(row))));
    }

    private Write delete(Schema schema) {
        Map<String, AbstractValue> before = new HashMap<>();
        String where = where(schema, before);
        return new Write(
                "DELETE FROM " + schema.table() + where,
                ChangeEvent.delete(RandomQueries.name(schema), new Image(before)));
    }

    private Write update(Schema schema) {
        Map<String, AbstractValue> before = new HashMap<>();
        Map<String, AbstractValue> after = new HashMap<>();
        Set<String> changed = new HashSet<>();
        StringJoiner sets = new StringJoiner(", ", "UPDATE " + schema.table() + " SET ", "");
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            String column = random.nextInt(4) == 0 ? "k" : "c" + random.nextInt(3);
            if (changed.add(column)) {
                Object value = schema.value(column, random);
                sets.add(column + " = " + schema.dialect().literal(value));
                after.put(column, Values.store(schema.type(column), value));
            }
        }
        String where = where(schema, before);
        ChangeEvent event = ChangeEvent.update(
                RandomQueries.name(schema), new Image(before), new Image(after), ColumnSet.of(changed));
        return new Write(sets + where, event);
    }

    /** A condition of which each row that is written is known to satisfy every part. */
    private String where(Schema schema, Map<String, AbstractValue> before) {
        StringJoiner where = new StringJoiner(" AND ", " WHERE ", "");
        where.setEmptyValue("");
        if (random.nextInt(3) > 0) {
            long id = random.nextInt((int) nextId + 1);
            where.add("id = " + id);
            before.put("id", new AbstractValue.Exact(id));
        }
        if (random.nextInt(2) == 0 || before.isEmpty()) {
            String column = random.nextInt(3) == 0 ? "k" : "c" + random.nextInt(3);
            ColumnType type = schema.type(column);
            Object value =
                    column.equals("k") ? (Object) (long) random.nextInt(6) : RandomValues.own(type.kind(), random);
            Operator operator = random.nextInt(2) == 0 ? Operator.EQUAL : Operator.values()[random.nextInt(6)];
            where.add(column + " " + operator.sql() + " " + schema.dialect().literal(value));
            before.put(column, Values.related(type, operator.relations(), value));
        }
        return where.toString();
    }
}
