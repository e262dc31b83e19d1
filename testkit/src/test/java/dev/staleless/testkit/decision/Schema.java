package dev.staleless.testkit.decision;

import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import dev.staleless.testkit.decision.Dialect.ColumnCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A table of random columns beside a key, {@code id}, and a reference, {@code k}; and rows for it. */
record Schema(Dialect dialect, String table, Map<String, ColumnCase> columns) {

    private static final ColumnType KEY = new ColumnType(ColumnType.Kind.INTEGER, -1, -1, ColumnType.Equality.EXACT);

    static Schema random(Dialect dialect, String table, int count, Random random) {
        List<ColumnCase> cases = new ArrayList<>(dialect.columns());
        cases.removeIf(column -> column.type().kind() == ColumnType.Kind.OTHER);
        Map<String, ColumnCase> columns = new LinkedHashMap<>();
        columns.put("id", new ColumnCase("bigint PRIMARY KEY", KEY));
        columns.put("k", new ColumnCase("bigint", KEY));
        for (int i = 0; i < count; i++) {
            columns.put("c" + i, cases.get(random.nextInt(cases.size())));
        }
        return new Schema(dialect, table, columns);
    }

    String create() {
        StringJoiner definitions = new StringJoiner(", ", "CREATE TABLE " + table + " (", ")");
        columns.forEach((name, column) -> definitions.add(name + " " + column.sql()));
        return definitions.toString();
    }

    ColumnType type(String column) {
        return columns.get(column).type();
    }

    String anyColumn(Random random) {
        List<String> names = List.copyOf(columns.keySet());
        return names.get(random.nextInt(names.size()));
    }

    /** Raw values for a row, of each column's own kind. */
    Map<String, @Nullable Object> row(long id, Random random) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (String column : columns.keySet()) {
            row.put(column, value(column, random));
        }
        row.put("id", id);
        return row;
    }

    @Nullable
    Object value(String column, Random random) {
        if (column.equals("id") || column.equals("k")) {
            return random.nextInt(8) == 0 && column.equals("k") ? null : (Object) (long) random.nextInt(6);
        }
        return random.nextInt(6) == 0 ? null : RandomValues.own(type(column).kind(), random);
    }

    String insert(Map<String, @Nullable Object> row) {
        StringJoiner values = new StringJoiner(
                ", ", "INSERT INTO " + table + " (" + String.join(", ", row.keySet()) + ") VALUES (", ")");
        row.values().forEach(value -> values.add(dialect.literal(value)));
        return values.toString();
    }

    /** What is surely stored of a row; columns that are not named are NULL. */
    Map<String, AbstractValue> stored(Map<String, @Nullable Object> row) {
        Map<String, AbstractValue> stored = new HashMap<>();
        for (String column : columns.keySet()) {
            stored.put(column, Values.store(type(column), row.get(column)));
        }
        return stored;
    }

    /** Less than that, but as true. */
    Map<String, AbstractValue> blurred(Map<String, AbstractValue> stored, Random random) {
        Map<String, AbstractValue> blurred = new HashMap<>();
        stored.forEach((column, value) -> blurred.put(column, blur(type(column), value, random)));
        return blurred;
    }

    private static AbstractValue blur(ColumnType type, AbstractValue value, Random random) {
        if (!(value instanceof AbstractValue.Exact exact) || random.nextInt(4) == 0) {
            return random.nextInt(3) == 0 ? AbstractValue.UNKNOWN : value;
        }
        Object known = exact.value();
        if (known == null) {
            return random.nextBoolean() ? value : AbstractValue.UNKNOWN;
        }
        Object other = Values.constant(type, RandomValues.own(type.kind(), random));
        return switch (random.nextInt(4)) {
            case 0 -> AbstractValue.NOT_NULL;
            case 1 ->
                other == null || other == Parameters.OPAQUE || known.equals(other)
                        ? value
                        : new AbstractValue.OneOf(Set.of(known, other));
            case 2 ->
                Values.related(
                        type,
                        random.nextBoolean() ? Relation.LESS | Relation.EQUAL : Relation.GREATER | Relation.EQUAL,
                        known);
            default -> range(type, value, other, random);
        };
    }

    private static AbstractValue range(ColumnType type, AbstractValue value, @Nullable Object other, Random random) {
        AbstractValue.Exact end = new AbstractValue.Exact(other);
        Object known = ((AbstractValue.Exact) value).value();
        boolean inclusive = random.nextBoolean();
        return switch (Relation.between(type, value, end)) {
            case Relation.LESS -> new AbstractValue.Range(known, true, other, inclusive);
            case Relation.GREATER -> new AbstractValue.Range(other, inclusive, known, true);
            default -> value;
        };
    }
}
