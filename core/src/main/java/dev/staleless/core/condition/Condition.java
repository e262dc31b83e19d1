package dev.staleless.core.condition;

import dev.staleless.core.value.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition in SQL's three-valued logic, over the columns of the table occurrences of one query or write. A part that
 * was not understood is {@link Opaque}: it may be true, false or unknown.
 */
public sealed interface Condition {

    /** May be true, false or unknown. */
    Condition OPAQUE = new Opaque();

    Condition TRUE = new Constant(Truth.TRUE);
    Condition FALSE = new Constant(Truth.FALSE);

    /** One of SQL's three truth values. */
    enum Truth {
        TRUE,
        FALSE,
        UNKNOWN
    }

    /** Comparison operators. */
    enum Operator {
        EQUAL("=", Relation.EQUAL),
        NOT_EQUAL("<>", Relation.LESS | Relation.GREATER),
        LESS("<", Relation.LESS),
        LESS_OR_EQUAL("<=", Relation.LESS | Relation.EQUAL),
        GREATER(">", Relation.GREATER),
        GREATER_OR_EQUAL(">=", Relation.GREATER | Relation.EQUAL);

        private final String sql;
        private final int relations;

        Operator(String sql, int relations) {
            this.sql = sql;
            this.relations = relations;
        }

        /** As SQL writes it. */
        public String sql() {
            return sql;
        }

        /** The outcomes of {@link Relation} for which it is true. */
        public int relations() {
            return relations;
        }
    }

    record And(List<Condition> parts) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }
    }

    record Or(List<Condition> parts) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Condition of) implements Condition {}

    record Comparison(Operator operator, Operand left, Operand right) implements Condition {}

    /** {@code operand IN (values)}; NOT IN is its {@link Not}. */
    record In(Operand operand, List<Operand> values) implements Condition {
        public In {
            values = List.copyOf(values);
        }
    }

    /**
     * {@code operand LIKE pattern ESCAPE escape}.
     *
     * @param escape null where the statement names none (the dialect's default, backslash on PostgreSQL)
     * @param ignoreCase ILIKE
     */
    record Like(Operand operand, Operand pattern, @Nullable Operand escape, boolean ignoreCase) implements Condition {}

    /**
     * A POSIX regular expression, as PostgreSQL's {@code ~} understands it.
     *
     * @param ignoreCase {@code ~*}
     */
    record Matches(Operand operand, Operand pattern, boolean ignoreCase) implements Condition {}

    /** {@code operand SIMILAR TO pattern}, with the backslash for escape. */
    record Similar(Operand operand, Operand pattern) implements Condition {}

    /**
     * {@code operand < ANY (array)} or {@code operand < ALL (array)}, with a bound array.
     *
     * @param all ALL
     */
    record Quantified(Operator operator, boolean all, Operand operand, Operand array) implements Condition {}

    record IsNull(Operand operand) implements Condition {}

    /** {@code left IS DISTINCT FROM right}: never unknown. */
    record IsDistinct(Operand left, Operand right) implements Condition {}

    /** {@code of IS TRUE}, {@code IS FALSE} or {@code IS UNKNOWN}: never unknown itself. */
    record Is(Condition of, Truth truth) implements Condition {}

    /** A boolean operand (a column, a parameter) used as a condition. */
    record Holds(Operand operand) implements Condition {}

    record Constant(Truth truth) implements Condition {}

    /** See {@link #OPAQUE}. */
    record Opaque() implements Condition {}
}
