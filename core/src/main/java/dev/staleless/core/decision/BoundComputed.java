package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.condition.Function;
import dev.staleless.core.expression.Functions;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operand computed from others: a set of values that contains the one the database computes, whatever the row's are. */
sealed interface BoundComputed extends BoundOperand {

    /** More combinations of possible arguments than this are not computed one by one. */
    int MAX_COMBINATIONS = 64;

    /** Whether all of its operands are the same for every row. */
    static boolean areConstant(BoundOperand[] operands) {
        for (BoundOperand operand : operands) {
            if (!operand.isConstant()) {
                return false;
            }
        }
        return true;
    }

    /**
     * A function that is NULL if one of its arguments is, and is not if none is.
     *
     * @param type of the result
     */
    record Strict(Function function, BoundOperand[] operands, ColumnType type) implements BoundComputed {
        @Override
        public boolean isConstant() {
            return areConstant(operands);
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            AbstractValue[] values = new AbstractValue[operands.length];
            boolean sure = true;
            boolean notNull = true;
            for (int i = 0; i < values.length; i++) {
                values[i] = operands[i].value(logic, event, after);
                if (!Relation.mayBeValue(values[i])) {
                    return AbstractValue.NULL;
                }
                sure &= values[i] instanceof AbstractValue.Exact || values[i] instanceof AbstractValue.OneOf;
                notNull &= !(values[i] instanceof AbstractValue.Unknown);
            }
            return sure ? combined(logic, values) : notNull ? AbstractValue.NOT_NULL : AbstractValue.UNKNOWN;
        }

        private AbstractValue combined(Logic logic, AbstractValue[] values) {
            List<List<Object>> choices = new ArrayList<>();
            long combinations = 1;
            for (AbstractValue value : values) {
                List<Object> choice = PossibleValues.each(value);
                choices.add(choice);
                combinations = Math.min(combinations * choice.size(), MAX_COMBINATIONS + 1L);
            }
            if (combinations > MAX_COMBINATIONS) {
                return AbstractValue.NOT_NULL;
            }
            PossibleValues results = new PossibleValues();
            combine(logic, choices, new ArrayList<>(), results);
            return results.value();
        }

        private void combine(Logic logic, List<List<Object>> choices, List<Object> arguments, PossibleValues results) {
            if (arguments.size() == choices.size()) {
                results.add(logic.result(function, type, arguments));
                return;
            }
            for (Object choice : choices.get(arguments.size())) {
                arguments.add(choice);
                combine(logic, choices, arguments, results);
                arguments.remove(arguments.size() - 1);
            }
        }
    }

    /** {@code concat()}: NULL is empty. */
    record Concat(BoundOperand[] operands, ColumnType type) implements BoundComputed {
        @Override
        public boolean isConstant() {
            return areConstant(operands);
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            List<BoundOperand> present = new ArrayList<>();
            for (BoundOperand operand : operands) {
                AbstractValue value = operand.value(logic, event, after);
                if (value instanceof AbstractValue.Unknown) {
                    return AbstractValue.NOT_NULL;
                }
                present.add(
                        new BoundOperand.Constant(Relation.mayBeValue(value) ? value : new AbstractValue.Exact("")));
            }
            return new Strict(Function.CONCATENATE, present.toArray(new BoundOperand[0]), type)
                    .value(logic, event, after);
        }
    }

    /** The first that is not NULL. */
    record Coalesce(BoundOperand[] operands, ColumnType type) implements BoundComputed {
        @Override
        public boolean isConstant() {
            return areConstant(operands);
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            PossibleValues values = new PossibleValues();
            for (BoundOperand operand : operands) {
                AbstractValue value = operand.value(logic, event, after);
                if (Relation.mayBeValue(value)) {
                    boolean maybeNull = Relation.mayBeNull(type, value);
                    values.add(maybeNull ? AbstractValue.NOT_NULL : value);
                    if (!maybeNull) {
                        return values.value();
                    }
                }
            }
            values.add(AbstractValue.NULL);
            return values.value();
        }
    }

    /** NULL if the two are equal, the first otherwise; both are of the type they are compared in. */
    record NullIf(BoundOperand operand, BoundOperand other, ColumnType type) implements BoundComputed {
        @Override
        public boolean isConstant() {
            return operand.isConstant() && other.isConstant();
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            AbstractValue value = operand.value(logic, event, after);
            int relation = logic.relation(type, value, other.value(logic, event, after));
            if ((relation & Relation.EQUAL) == 0) {
                return value;
            }
            return relation == Relation.EQUAL ? AbstractValue.NULL : AbstractValue.UNKNOWN;
        }
    }

    /** The greatest or the least of those that are not NULL. */
    record Extreme(BoundOperand[] operands, ColumnType type, boolean greatest) implements BoundComputed {
        @Override
        public boolean isConstant() {
            return areConstant(operands);
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            AbstractValue best = AbstractValue.NULL;
            boolean sure = true;
            boolean notNull = false;
            for (BoundOperand operand : operands) {
                AbstractValue value = operand.value(logic, event, after);
                sure &= value instanceof AbstractValue.Exact;
                notNull |= !Relation.mayBeNull(type, value);
                if (sure && Relation.mayBeValue(value)) {
                    AbstractValue better = better(logic, best, value);
                    sure = better != null;
                    best = better == null ? best : better;
                }
            }
            return sure ? best : notNull ? AbstractValue.NOT_NULL : AbstractValue.UNKNOWN;
        }

        /** Null if it is not sure. */
        private @Nullable AbstractValue better(Logic logic, AbstractValue best, AbstractValue value) {
            if (!Relation.mayBeValue(best)) {
                return value;
            }
            return switch (logic.relation(type, value, best)) {
                case Relation.LESS -> greatest ? best : value;
                case Relation.GREATER -> greatest ? value : best;
                case Relation.EQUAL -> best;
                default -> null;
            };
        }
    }

    /** {@code CASE}: the result of the first test that is true, the last if none is. */
    record Choice(BoundCondition[] tests, BoundOperand[] results) implements BoundComputed {
        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            PossibleValues values = new PossibleValues();
            for (int i = 0; i < tests.length; i++) {
                int truths = tests[i].truths(logic, event, after);
                if ((truths & Logic.TRUE) != 0) {
                    values.add(results[i].value(logic, event, after));
                }
                if (truths == Logic.TRUE) {
                    return values.value();
                }
            }
            values.add(results[tests.length].value(logic, event, after));
            return values.value();
        }
    }

    /** What a function surely yields, as a value of its type; see {@link Logic#result}. */
    static AbstractValue result(Function function, ColumnType type, List<Object> arguments) {
        List<Object> taken = arguments;
        if (type.kind() == ColumnType.Kind.DECIMAL && function.compareTo(Function.MODULO) <= 0) {
            // of a decimal and an integer, the integer is converted first
            taken = new ArrayList<>(arguments);
            taken.replaceAll(value -> value instanceof Long number ? BigDecimal.valueOf(number) : value);
        }
        Object result = Functions.apply(function, taken);
        return result == Parameters.OPAQUE ? AbstractValue.NOT_NULL : PossibleValues.fitting(type, result);
    }
}
