package dev.staleless.testkit.decision;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Random conditions over one occurrence of a table, as the decision knows them and as SQL. */
final class RandomConditions {

    /** A condition and its text. */
    record Sentence(Condition condition, String sql) {}

    private record Term(Operand operand, String sql) {}

    private final Schema schema;
    private final int use;
    private final String alias;
    private final Random random;
    private final Set<String> columns = new HashSet<>();

    RandomConditions(Schema schema, int use, String alias, Random random) {
        this.schema = schema;
        this.use = use;
        this.alias = alias;
        this.random = random;
    }

    Sentence condition(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return predicate();
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> connected(depth, true);
            case 2, 3 -> connected(depth, false);
            case 4 -> {
                Sentence of = condition(depth - 1);
                yield new Sentence(new Condition.Not(of.condition()), "(NOT " + of.sql() + ")");
            }
            default -> {
                Sentence of = condition(depth - 1);
                Truth truth = Truth.values()[random.nextInt(3)];
                yield new Sentence(new Condition.Is(of.condition(), truth), "(" + of.sql() + " IS " + truth + ")");
            }
        };
    }

    /** The columns in the conditions made so far. */
    Set<String> columns() {
        return columns;
    }

    /** {@code column IN (values)}, or an equation if there is one value; and what it pins. */
    Sentence pin(String column, List<Operand> pinned) {
        StringJoiner sql = new StringJoiner(", ", alias + "." + column + " IN (", ")");
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            Term value = constant(column);
            pinned.add(value.operand());
            sql.add(value.sql());
        }
        return new Sentence(new Condition.In(column(column).operand(), pinned), sql.toString());
    }

    private Sentence connected(int depth, boolean and) {
        List<Condition> parts = new ArrayList<>();
        StringJoiner sql = new StringJoiner(and ? " AND " : " OR ", "(", ")");
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            Sentence part = condition(depth - 1);
            parts.add(part.condition());
            sql.add(part.sql());
        }
        return new Sentence(and ? new Condition.And(parts) : new Condition.Or(parts), sql.toString());
    }

    private Sentence predicate() {
        String column = schema.anyColumn(random);
        ColumnType.Kind kind = schema.type(column).kind();
        Term term = column(column);
        if ((kind == ColumnType.Kind.TEXT || kind == ColumnType.Kind.FIXED_TEXT) && random.nextInt(3) > 0) {
            return textual(term);
        }
        if (kind == ColumnType.Kind.BOOLEAN && random.nextInt(3) == 0) {
            return new Sentence(new Condition.Holds(term.operand()), term.sql());
        }
        return switch (random.nextInt(10)) {
            case 0 -> new Sentence(new Condition.IsNull(term.operand()), "(" + term.sql() + " IS NULL)");
            case 1 ->
                new Sentence(
                        new Condition.Not(new Condition.IsNull(term.operand())), "(" + term.sql() + " IS NOT NULL)");
            case 2 -> distinct(term, constant(column));
            case 3 -> between(column, term);
            case 4, 5 -> in(column, term);
            case 6 -> compared(term, column(sameKind(kind, column)));
            case 7 -> fixed(term);
            default -> compared(term, constant(column));
        };
    }

    private Sentence textual(Term term) {
        boolean upper = random.nextBoolean();
        Term mapped = random.nextBoolean()
                ? term
                : upper
                        ? new Term(new Operand.Upper(term.operand()), "upper(" + term.sql() + ")")
                        : new Term(new Operand.Lower(term.operand()), "lower(" + term.sql() + ")");
        if (random.nextInt(3) == 0) {
            return compared(mapped, literal(RandomValues.own(ColumnType.Kind.TEXT, random)));
        }
        boolean ignoreCase = random.nextInt(3) == 0;
        Term pattern = literal(RandomValues.pattern(random));
        return new Sentence(
                new Condition.Like(mapped.operand(), pattern.operand(), null, ignoreCase),
                "(" + mapped.sql() + (ignoreCase ? " ILIKE " : " LIKE ") + pattern.sql() + ")");
    }

    private Sentence compared(Term left, Term right) {
        Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
        boolean turned = random.nextInt(4) == 0;
        Term l = turned ? right : left;
        Term r = turned ? left : right;
        return new Sentence(
                new Condition.Comparison(operator, l.operand(), r.operand()),
                "(" + l.sql() + " " + operator.sql() + " " + r.sql() + ")");
    }

    private static Sentence distinct(Term left, Term right) {
        return new Sentence(
                new Condition.IsDistinct(left.operand(), right.operand()),
                "(" + left.sql() + " IS DISTINCT FROM " + right.sql() + ")");
    }

    private Sentence between(String column, Term term) {
        Term low = constant(column);
        Term high = constant(column);
        return new Sentence(
                new Condition.And(List.of(
                        new Condition.Comparison(Operator.GREATER_OR_EQUAL, term.operand(), low.operand()),
                        new Condition.Comparison(Operator.LESS_OR_EQUAL, term.operand(), high.operand()))),
                "(" + term.sql() + " BETWEEN " + low.sql() + " AND " + high.sql() + ")");
    }

    private Sentence in(String column, Term term) {
        List<Operand> values = new ArrayList<>();
        StringJoiner sql = new StringJoiner(", ", " IN (", "))");
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            Term value = random.nextInt(10) == 0 ? literal(null) : constant(column);
            values.add(value.operand());
            sql.add(value.sql());
        }
        Condition in = new Condition.In(term.operand(), values);
        return random.nextInt(3) == 0
                ? new Sentence(new Condition.Not(in), "(" + term.sql() + " NOT" + sql)
                : new Sentence(in, "(" + term.sql() + sql);
    }

    /** Constants, and what the decision does not understand. */
    private Sentence fixed(Term term) {
        return switch (random.nextInt(4)) {
            case 0 -> new Sentence(Condition.TRUE, "TRUE");
            case 1 -> new Sentence(Condition.FALSE, "FALSE");
            case 2 -> new Sentence(new Condition.Constant(Truth.UNKNOWN), "CAST(NULL AS boolean)");
            default -> new Sentence(Condition.OPAQUE, "(char_length(CAST(" + term.sql() + " AS varchar(100))) > 2)");
        };
    }

    private Term column(String column) {
        columns.add(column);
        return new Term(new Operand.Column(use, column, schema.type(column)), alias + "." + column);
    }

    private Term constant(String column) {
        return literal(schema.value(column, random));
    }

    private Term literal(@Nullable Object value) {
        return new Term(
                new Operand.Literal(value, value instanceof String),
                schema.dialect().literal(value));
    }

    private String sameKind(ColumnType.Kind kind, String column) {
        List<String> same = new ArrayList<>(List.of(column));
        schema.columns().forEach((name, other) -> {
            if (other.type().kind() == kind
                    || (kind == ColumnType.Kind.INTEGER && other.type().kind() == ColumnType.Kind.DECIMAL)) {
                same.add(name);
            }
        });
        return same.get(random.nextInt(same.size()));
    }
}
