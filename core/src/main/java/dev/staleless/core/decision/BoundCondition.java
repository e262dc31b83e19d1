package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Relation;
import org.jspecify.annotations.Nullable;

/**
 * A condition prepared for one occurrence of a table and the values of the parameters: constants are in the form of the types
 * they are compared with, patterns are taken apart, columns of other occurrences are unknown. Evaluating it takes time linear
 * in its size (a comparison with a pattern or a set of values taken for one step) and allocates nothing for rows whose values
 * are exact, {@code lower()}, {@code upper()} and decimals in IN lists apart.
 */
sealed interface BoundCondition
        permits BoundIn,
                BoundCondition.Fixed,
                BoundCondition.And,
                BoundCondition.Or,
                BoundCondition.Not,
                BoundCondition.Is,
                BoundCondition.Compared,
                BoundCondition.Distinct,
                BoundCondition.IsNull,
                BoundCondition.Holds,
                BoundCondition.Like {

    BoundCondition OPAQUE = new Fixed(Logic.ANY);

    Pattern[] NO_PATTERNS = {};

    /** A prepared pattern. */
    @FunctionalInterface
    interface Pattern {

        /** The truth values that matching a string could have. */
        int truths(Logic logic, String value);

        static @Nullable Pattern of(@Nullable LikePattern pattern) {
            return pattern == null ? null : (logic, value) -> logic.like(pattern, value);
        }

        static @Nullable Pattern of(@Nullable RegularExpression expression) {
            return expression == null ? null : (logic, value) -> logic.matches(expression, value);
        }
    }

    /**
     * The truth values, as {@link Logic} encodes them, that the condition could have for the changed row.
     *
     * @param after on which side of the change
     */
    int truths(Logic logic, ChangeEvent event, boolean after);

    record Fixed(int truths) implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            return truths;
        }
    }

    record And(BoundCondition[] parts) implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            int truths = Logic.TRUE;
            for (BoundCondition part : parts) {
                truths = logic.and(truths, part.truths(logic, event, after));
                if (truths == Logic.FALSE) {
                    return truths;
                }
            }
            return truths;
        }
    }

    record Or(BoundCondition[] parts) implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            int truths = Logic.FALSE;
            for (BoundCondition part : parts) {
                truths = logic.or(truths, part.truths(logic, event, after));
                if (truths == Logic.TRUE) {
                    return truths;
                }
            }
            return truths;
        }
    }

    record Not(BoundCondition of) implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            return logic.not(of.truths(logic, event, after));
        }
    }

    /** {@code IS TRUE} and so on. */
    record Is(BoundCondition of, int truth) implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            return logic.is(of.truths(logic, event, after), truth);
        }
    }

    /** A comparison by an operator that is true for some relations. */
    record Compared(int trueFor, ColumnType type, BoundOperand left, BoundOperand right) implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            AbstractValue l = left.value(logic, event, after);
            return logic.compared(trueFor, logic.relation(type, l, right.value(logic, event, after)));
        }
    }

    record Distinct(ColumnType type, BoundOperand left, BoundOperand right) implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            AbstractValue l = left.value(logic, event, after);
            return logic.distinct(logic.relation(type, l, right.value(logic, event, after)));
        }
    }

    record IsNull(ColumnType type, BoundOperand operand) implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            return logic.isNull(type, operand.value(logic, event, after));
        }
    }

    /** A boolean operand. */
    record Holds(ColumnType type, BoundOperand operand) implements BoundCondition {
        private static final AbstractValue YES = new AbstractValue.Exact(true);

        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            int relation = logic.relation(type, operand.value(logic, event, after), YES);
            return logic.compared(Relation.EQUAL, relation);
        }
    }

    /**
     * LIKE, ILIKE, SIMILAR TO or a regular expression.
     *
     * @param type of the operand
     * @param patterns what the pattern could be; empty if it is not known, or the answer to it is not: H2 answers a pattern
     *     that ends with the escape character with NULL
     * @param right what is known of the pattern and of the escape character, as far as being NULL goes
     */
    record Like(ColumnType type, BoundOperand operand, Pattern[] patterns, BoundOperand right, BoundOperand escape)
            implements BoundCondition {
        @Override
        public int truths(Logic logic, ChangeEvent event, boolean after) {
            AbstractValue value = operand.value(logic, event, after);
            int nulls = logic.isNull(type, value);
            int others = logic.or(nulls(logic, right, event, after), nulls(logic, escape, event, after));
            nulls = logic.or(nulls, others);
            int truths = (nulls & Logic.TRUE) != 0 ? Logic.UNKNOWN : 0;
            return (nulls & Logic.FALSE) != 0 ? truths | matches(logic, value) : truths;
        }

        private static int nulls(Logic logic, BoundOperand operand, ChangeEvent event, boolean after) {
            return logic.isNull(Types.ANY_TEXT, operand.value(logic, event, after));
        }

        private int matches(Logic logic, AbstractValue value) {
            if (value instanceof AbstractValue.Exact exact) {
                return matches(logic, exact.value());
            }
            if (!(value instanceof AbstractValue.OneOf oneOf)) {
                return patterns.length == 0 ? Logic.ANY : Logic.TRUE | Logic.FALSE;
            }
            int truths = 0;
            for (Object one : oneOf.values()) {
                truths |= matches(logic, one);
            }
            return truths;
        }

        private int matches(Logic logic, @Nullable Object value) {
            if (patterns.length == 0 || !(value instanceof String text)) {
                return Logic.ANY;
            }
            int truths = 0;
            for (Pattern pattern : patterns) {
                truths |= pattern.truths(logic, text);
            }
            return truths;
        }
    }
}
