package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code operand IN (...)}: the disjunction of the comparisons with each element.
 *
 * <p>The constants that have a canonical form under the operand's type are also kept in a hash set: by the contract of {@link
 * Values#canonical}, a value that has one, too, is equal to an element if and only if it is in the set.
 */
final class BoundIn implements BoundCondition {

    private final ColumnType type;
    private final BoundOperand operand;

    /** Elements in the set, and the same one by one. */
    private final Set<Object> set = new HashSet<>();

    private final AbstractValue[] listed;

    /** All other constants: NULL, unknown, without canonical form. */
    private final AbstractValue[] others;

    /** Comparisons with elements that are not constant. */
    private final BoundCondition[] comparisons;

    BoundIn(ColumnType type, BoundOperand operand, List<AbstractValue> constants, List<BoundCondition> comparisons) {
        this.type = type;
        this.operand = operand;
        this.comparisons = comparisons.toArray(new BoundCondition[0]);
        List<AbstractValue> inSet = new ArrayList<>();
        List<AbstractValue> notInSet = new ArrayList<>();
        for (AbstractValue constant : constants) {
            Object key = constant instanceof AbstractValue.Exact exact ? key(exact.value()) : null;
            (key == null ? notInSet : inSet).add(constant);
            if (key != null) {
                set.add(key);
            }
        }
        listed = inSet.toArray(new AbstractValue[0]);
        others = notInSet.toArray(new AbstractValue[0]);
    }

    /** Whether all elements are in the set. */
    boolean isSet() {
        return others.length == 0 && comparisons.length == 0;
    }

    private @Nullable Object key(@Nullable Object value) {
        if (value instanceof Long && type.kind() == ColumnType.Kind.INTEGER) {
            return value;
        }
        return value == null ? null : Values.canonical(type, value);
    }

    @Override
    public int truths(Logic logic, ChangeEvent event, boolean after) {
        AbstractValue value = operand.value(logic, event, after);
        int truths = listed.length == 0 ? Logic.FALSE : inSet(logic, value);
        for (AbstractValue other : others) {
            truths = logic.or(truths, equal(logic, value, other));
        }
        for (BoundCondition comparison : comparisons) {
            truths = logic.or(truths, comparison.truths(logic, event, after));
        }
        return truths;
    }

    private int inSet(Logic logic, AbstractValue value) {
        if (value instanceof AbstractValue.Exact exact) {
            return one(logic, value, exact.value());
        }
        if (value instanceof AbstractValue.OneOf oneOf) {
            int truths = 0;
            for (Object one : oneOf.values()) {
                truths |= one(logic, value, one);
            }
            return truths;
        }
        return eachListed(logic, value);
    }

    private int one(Logic logic, AbstractValue value, @Nullable Object one) {
        if (one == null) {
            return Logic.UNKNOWN;
        }
        Object key = key(one);
        return key == null ? eachListed(logic, value) : set.contains(key) ? Logic.TRUE : Logic.FALSE;
    }

    private int eachListed(Logic logic, AbstractValue value) {
        int truths = Logic.FALSE;
        for (AbstractValue element : listed) {
            truths = logic.or(truths, equal(logic, value, element));
            if (truths == Logic.ANY) {
                break; // nothing that follows takes a possibility away that matters: the set may be too large
            }
        }
        return truths;
    }

    private int equal(Logic logic, AbstractValue value, AbstractValue element) {
        return logic.compared(Relation.EQUAL, logic.relation(type, value, element));
    }
}
