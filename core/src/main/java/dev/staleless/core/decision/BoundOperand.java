package dev.staleless.core.decision;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import org.jspecify.annotations.Nullable;

/** An operand of a {@link BoundCondition}: what is known of its value for the changed row. */
sealed interface BoundOperand
        permits BoundComputed,
                BoundOperand.Constant,
                BoundOperand.Column,
                BoundOperand.Mapped,
                BoundOperand.Cast,
                BoundOperand.Truth {

    BoundOperand UNKNOWN = new Constant(AbstractValue.UNKNOWN);

    /**
     * What is known of the value.
     *
     * @param after on which side of the change
     */
    AbstractValue value(Logic logic, ChangeEvent event, boolean after);

    /** Whether it is the same for every row. */
    boolean isConstant();

    /** What is known of one that is the same for every row. */
    default AbstractValue constant() {
        return value(Logic.STANDARD, Constant.NO_EVENT, true);
    }

    /** The same for every row. */
    record Constant(AbstractValue value) implements BoundOperand {
        private static final ChangeEvent NO_EVENT = ChangeEvent.any(new TableName("", ""));

        @Override
        public boolean isConstant() {
            return true;
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            return value;
        }
    }

    /** A column of the occurrence that is decided on. */
    record Column(String name) implements BoundOperand {
        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            return logic.known(event, after, name);
        }
    }

    /** {@code lower()} or {@code upper()}. */
    record Mapped(BoundOperand of, boolean upper) implements BoundOperand {
        @Override
        public boolean isConstant() {
            return of.isConstant();
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            return CaseMapping.map(of.value(logic, event, after), upper);
        }
    }

    /**
     * A cast.
     *
     * @param from null for a literal or parameter
     */
    record Cast(BoundOperand of, @Nullable ColumnType from, ColumnType to) implements BoundOperand {
        @Override
        public boolean isConstant() {
            return of.isConstant();
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            return logic.cast(from, to, of.value(logic, event, after));
        }
    }

    /** A condition as a boolean. */
    record Truth(BoundCondition of) implements BoundOperand {
        private static final AbstractValue TRUE = new AbstractValue.Exact(true);
        private static final AbstractValue FALSE = new AbstractValue.Exact(false);

        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            return switch (of.truths(logic, event, after)) {
                case Logic.TRUE -> TRUE;
                case Logic.FALSE -> FALSE;
                case Logic.UNKNOWN -> AbstractValue.NULL;
                case Logic.TRUE | Logic.FALSE -> AbstractValue.NOT_NULL;
                default -> AbstractValue.UNKNOWN;
            };
        }
    }
}
