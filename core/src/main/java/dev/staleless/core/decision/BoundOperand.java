package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;

/** An operand of a {@link BoundCondition}: what is known of its value for the changed row. */
sealed interface BoundOperand {

    BoundOperand UNKNOWN = new Constant(AbstractValue.UNKNOWN);

    /**
     * What is known of the value.
     *
     * @param after on which side of the change
     */
    AbstractValue value(Logic logic, ChangeEvent event, boolean after);

    /** The same for every row. */
    record Constant(AbstractValue value) implements BoundOperand {
        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            return value;
        }
    }

    /** A column of the occurrence that is decided on. */
    record Column(String name) implements BoundOperand {
        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            return logic.known(event, after, name);
        }
    }

    /** {@code lower()} or {@code upper()}. */
    record Mapped(BoundOperand of, boolean upper) implements BoundOperand {
        @Override
        public AbstractValue value(Logic logic, ChangeEvent event, boolean after) {
            return CaseMapping.map(of.value(logic, event, after), upper);
        }
    }
}
