package dev.staleless.core.decision;

import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random rows, images and conditions over one small table, whose values meet often. */
final class RandomModel {

    static final Map<String, ColumnType> COLUMNS = Map.of(
            "id", type(Kind.INTEGER),
            "a", type(Kind.INTEGER),
            "b", type(Kind.INTEGER),
            "d", type(Kind.DECIMAL),
            "s", type(Kind.TEXT),
            "t", type(Kind.TEXT),
            "f", type(Kind.BOOLEAN));
    private static final List<String> NAMES = COLUMNS.keySet().stream().sorted().toList();
    private static final String[] STRINGS = {
        "", "a", "b", "ab", "aab", "A", "Ab", "_", "%", "a_b", "\uFF5E", "\uD83D\uDE00"
    };
    private static final String[] PATTERNS = {
        "%", "a%", "%b", "_", "a_", "%a%", "_b", "a\\_b", "\\%", "A%", "__b", "%a_%"
    };

    final Random random;

    RandomModel(long seed) {
        // the first numbers of neighbouring seeds are alike
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    private static ColumnType type(Kind kind) {
        return new ColumnType(kind, -1, -1, ColumnType.Equality.EXACT_ORDERED);
    }

    String column() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    Object value(ColumnType type) {
        return switch (type.kind()) {
            case INTEGER -> (long) random.nextInt(4);
            case DECIMAL -> new BigDecimal(new String[] {"0", "0.5", "0.50", "1", "1.0", "2.5"}[random.nextInt(6)]);
            case BOOLEAN -> random.nextBoolean();
            default -> STRINGS[random.nextInt(STRINGS.length)];
        };
    }

    @Nullable
    Object valueOrNull(ColumnType type) {
        return random.nextInt(5) == 0 ? null : value(type);
    }

    Map<String, @Nullable Object> row(long id) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (String column : NAMES) {
            row.put(column, valueOrNull(COLUMNS.get(column)));
        }
        row.put("id", id);
        return row;
    }

    /** An image that says something true of the row, of each column more or less. */
    Image image(Map<String, @Nullable Object> row) {
        Map<String, AbstractValue> image = new HashMap<>();
        row.forEach((column, value) -> image.put(column, blurred(COLUMNS.get(column), value)));
        return new Image(image);
    }

    private AbstractValue blurred(ColumnType type, @Nullable Object value) {
        AbstractValue exact = Values.store(type, value);
        int how = random.nextInt(7);
        if (how == 0) {
            return AbstractValue.UNKNOWN;
        } else if (value == null || how < 3) {
            return exact;
        }
        Object other = ((AbstractValue.Exact) Values.store(type, value(type))).value();
        return switch (how) {
            case 3 -> AbstractValue.NOT_NULL;
            case 4 ->
                random.nextBoolean()
                        ? oneOf(((AbstractValue.Exact) exact).value(), other)
                        : oneOf(other, ((AbstractValue.Exact) exact).value());
            case 5 -> new AbstractValue.Range(value, true, random.nextBoolean() ? value : null, true);
            default ->
                switch (Relation.between(type, exact, new AbstractValue.Exact(other))) {
                    case Relation.LESS ->
                        new AbstractValue.Range(valueOrOpen(value), true, other, random.nextBoolean());
                    case Relation.GREATER ->
                        new AbstractValue.Range(other, random.nextBoolean(), valueOrOpen(value), true);
                    default -> exact;
                };
        };
    }

    private @Nullable Object valueOrOpen(Object value) {
        return random.nextBoolean() ? value : null;
    }

    private static AbstractValue oneOf(Object value, Object other) {
        return value.equals(other) ? new AbstractValue.Exact(value) : new AbstractValue.OneOf(Set.of(value, other));
    }

    Condition condition(int use, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return predicate(use);
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Condition.And(parts(use, depth));
            case 2, 3 -> new Condition.Or(parts(use, depth));
            case 4 -> new Condition.Not(condition(use, depth - 1));
            default -> new Condition.Is(condition(use, depth - 1), Truth.values()[random.nextInt(3)]);
        };
    }

    private List<Condition> parts(int use, int depth) {
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            parts.add(condition(use, depth - 1));
        }
        return parts;
    }

    private Condition predicate(int use) {
        String name = column();
        ColumnType type = COLUMNS.get(name);
        Operand column = new Operand.Column(use, name, type);
        return switch (random.nextInt(9)) {
            case 0 -> new Condition.IsNull(column);
            case 1 -> new Condition.IsDistinct(column, literal(valueOrNull(type)));
            case 2, 3 -> in(column, type);
            case 4 -> type.kind() == Kind.BOOLEAN ? new Condition.Holds(column) : like(use);
            case 5 -> like(use);
            case 6 -> {
                String other = random.nextBoolean() ? "b" : "d";
                yield new Condition.Comparison(
                        Operator.values()[random.nextInt(6)],
                        new Operand.Column(use, "a", COLUMNS.get("a")),
                        new Operand.Column(use, other, COLUMNS.get(other)));
            }
            default ->
                new Condition.Comparison(Operator.values()[random.nextInt(6)], column, literal(valueOrNull(type)));
        };
    }

    private Condition in(Operand column, ColumnType type) {
        List<Operand> values = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            values.add(literal(random.nextInt(8) == 0 ? null : value(type)));
        }
        return new Condition.In(column, values);
    }

    private Condition like(int use) {
        Operand column = new Operand.Column(use, random.nextBoolean() ? "s" : "t", type(Kind.TEXT));
        Operand operand = random.nextInt(3) == 0 ? new Operand.Lower(column) : column;
        String pattern = PATTERNS[random.nextInt(PATTERNS.length)];
        return new Condition.Like(operand, literal(pattern), null, random.nextInt(4) == 0);
    }

    private static Operand literal(@Nullable Object value) {
        return new Operand.Literal(value, value instanceof String);
    }
}
