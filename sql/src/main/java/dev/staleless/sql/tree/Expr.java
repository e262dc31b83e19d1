package dev.staleless.sql.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An expression. AND and OR have any number of operands, so that a long condition is not a deep tree. */
public sealed interface Expr extends Node {

    /** What kind of constant a literal is. */
    enum LiteralKind {
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        /** A constant whose value is not computed; its text is the raw text. */
        OPAQUE
    }

    /** A constant. */
    record Literal(LiteralKind kind, String text) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /**
     * A JDBC parameter.
     *
     * @param number from 1, in the order of appearance
     */
    record Parameter(int number) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** A column, maybe qualified; or a whole row, if the name is that of an alias. */
    record Column(List<Name> parts) implements Expr {
        public Column {
            parts = List.copyOf(parts);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code *} or {@code t.*}. */
    record Star(List<Name> qualifier) implements Expr {
        public Star {
            qualifier = List.copyOf(qualifier);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code CAST(e AS t)} or {@code e::t}. */
    record Cast(Expr operand, TypeName type) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /**
     * {@code date '2020-01-01'}.
     *
     * @param suffix the fields behind an interval, or empty
     */
    record TypedLiteral(TypeName type, String text, String suffix) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** A prefix operator; {@code NOT} has a node of its own. */
    record Unary(String operator, Expr operand) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /**
     * An operator between two operands.
     *
     * @param operator {@code <>} for {@code !=}; {@code OPERATOR(s.+)} as that
     */
    record Binary(String operator, Expr left, Expr right) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, left, right);
        }
    }

    /** Two or more conditions. */
    record And(List<Expr> operands) implements Expr {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            operands.forEach(action);
        }
    }

    /** Two or more conditions. */
    record Or(List<Expr> operands) implements Expr {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            operands.forEach(action);
        }
    }

    /** {@code NOT e}. */
    record Not(Expr operand) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /** {@code e [NOT] BETWEEN [SYMMETRIC] low AND high}. */
    record Between(Expr operand, Expr low, Expr high, boolean negated, boolean symmetric) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, operand, low, high);
        }
    }

    /** {@code e [NOT] IN (a, b)}. */
    record InList(Expr operand, List<Expr> elements, boolean negated) implements Expr {
        public InList {
            elements = List.copyOf(elements);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
            elements.forEach(action);
        }
    }

    /** {@code e [NOT] IN (SELECT ..)}. */
    record InQuery(Expr operand, Query query, boolean negated) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, operand, query);
        }
    }

    /**
     * {@code e [NOT] LIKE pattern [ESCAPE c]}.
     *
     * @param operator {@code like}, {@code ilike} or {@code similar to}
     */
    record Like(
            String operator,
            Expr operand,
            Expr pattern,
            @Nullable Expr escape,
            boolean negated) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, operand, pattern, escape);
        }
    }

    /**
     * {@code e IS [NOT] ..}.
     *
     * @param test {@code null true false unknown document normalized}, the last maybe with its form before it
     */
    record Is(Expr operand, String test, boolean negated) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /** {@code a IS [NOT] DISTINCT FROM b}. */
    record IsDistinct(Expr left, Expr right, boolean negated) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, left, right);
        }
    }

    /** {@code CASE}. */
    record Case(
            @Nullable Expr operand,
            List<When> whens,
            @Nullable Expr otherwise) implements Expr {
        public Case {
            whens = List.copyOf(whens);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, operand);
            whens.forEach(action);
            Node.each(action, otherwise);
        }
    }

    /** A branch of a {@link Case}. */
    record When(Expr condition, Expr result) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, condition, result);
        }
    }

    /** A function call. */
    record Call(
            List<Name> name,
            List<Argument> arguments,
            boolean distinct,
            boolean star,
            List<OrderItem> orderBy,
            List<OrderItem> withinGroup,
            @Nullable Expr filter,
            @Nullable Window over)
            implements Expr {
        public Call {
            name = List.copyOf(name);
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
            withinGroup = List.copyOf(withinGroup);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            arguments.forEach(action);
            orderBy.forEach(action);
            withinGroup.forEach(action);
            Node.each(action, filter, over);
        }
    }

    /** An argument of a {@link Call}. */
    record Argument(@Nullable Name name, boolean variadic, Expr value) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(value);
        }
    }

    /**
     * A function with words among its arguments: {@code EXTRACT(year FROM x)}, {@code TRIM(BOTH x FROM y)}.
     *
     * @param words the words before, between and behind the arguments: one more than arguments, each maybe empty, a comma
     *     counts as a word
     */
    record KeywordCall(String name, List<String> words, List<Expr> arguments) implements Expr {
        public KeywordCall {
            words = List.copyOf(words);
            arguments = List.copyOf(arguments);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            arguments.forEach(action);
        }
    }

    /** {@code CURRENT_DATE}, {@code CURRENT_TIMESTAMP(3)}, {@code SESSION_USER}: a function without parentheses. */
    record KeywordValue(String name, @Nullable String precision) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code ARRAY[..]}, or a nested {@code [..]} in one. */
    record ArrayElements(List<Expr> elements, boolean nested) implements Expr {
        public ArrayElements {
            elements = List.copyOf(elements);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            elements.forEach(action);
        }
    }

    /** {@code ARRAY(SELECT ..)}. */
    record ArrayQuery(Query query) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(query);
        }
    }

    /** {@code (a, b)} or {@code ROW(..)}. */
    record Row(List<Expr> fields) implements Expr {
        public Row {
            fields = List.copyOf(fields);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            fields.forEach(action);
        }
    }

    /**
     * {@code e = ANY (array)}.
     *
     * @param operator an operator, or {@code [not ](like|ilike)}
     * @param all ALL; otherwise ANY or SOME
     */
    record QuantifiedArray(Expr operand, String operator, boolean all, Expr array) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, operand, array);
        }
    }

    /** {@code e = ANY (SELECT ..)}. */
    record QuantifiedQuery(Expr operand, String operator, boolean all, Query query) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, operand, query);
        }
    }

    /** {@code EXISTS (SELECT ..)}. */
    record Exists(Query query) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(query);
        }
    }

    /** {@code (SELECT ..)} as a value. */
    record Scalar(Query query) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(query);
        }
    }

    /** {@code e AT TIME ZONE z}. */
    record AtTimeZone(Expr operand, Expr zone) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, operand, zone);
        }
    }

    /** {@code e COLLATE c}. */
    record Collate(Expr operand, List<Name> collation) implements Expr {
        public Collate {
            collation = List.copyOf(collation);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /** {@code e[i]} or {@code e[low:high]}. */
    record Subscript(
            Expr operand, @Nullable Expr lower, @Nullable Expr upper, boolean slice) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, operand, lower, upper);
        }
    }

    /** {@code (e).f}. */
    record Field(Expr operand, Name field) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /** {@code (e).*}. */
    record FieldStar(Expr operand) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(operand);
        }
    }

    /**
     * A part of GROUP BY.
     *
     * @param kind {@code rollup}, {@code cube} or {@code grouping sets}
     */
    record Grouping(String kind, List<Expr> elements) implements Expr {
        public Grouping {
            elements = List.copyOf(elements);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            elements.forEach(action);
        }
    }

    /**
     * An expression from which nothing is to be concluded but what it names and calls: its meaning is not that of PostgreSQL.
     */
    record Uninterpreted(Expr inner) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(inner);
        }
    }

    /** {@code DEFAULT} in a row to insert or an assignment. */
    record Default() implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }

    /** {@code WHERE CURRENT OF c}. */
    record CurrentOf(Name cursor) implements Expr {
        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }
}
