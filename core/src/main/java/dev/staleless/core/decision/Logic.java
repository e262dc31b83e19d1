package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Function;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Relation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL's three-valued logic lifted to sets: each operation takes the sets of truth values that its operands could have and
 * yields a set that contains every value the database could compute. Sets are bit masks of {@link #TRUE}, {@link #FALSE}
 * and {@link #UNKNOWN}.
 *
 * <p>Each set may contain too much, never too little; that is preserved by every operation here, because it yields the union
 * of the results over all combinations of its operands' values. That two operands may be correlated ({@code a = 1 AND a <>
 * 1}) only makes some of these combinations impossible.
 *
 * <p>A class of instances, so that tests can derive one that gets an operation wrong and see that they notice.
 */
class Logic {

    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int UNKNOWN = 4;
    static final int ANY = TRUE | FALSE | UNKNOWN;

    static final Logic STANDARD = new Logic();

    static int of(Condition.Truth truth) {
        return switch (truth) {
            case TRUE -> TRUE;
            case FALSE -> FALSE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    int and(int a, int b) {
        int result = (a & b & TRUE) | ((a | b) & FALSE);
        boolean unknown =
                ((a & UNKNOWN) != 0 && (b & (TRUE | UNKNOWN)) != 0) || ((b & UNKNOWN) != 0 && (a & TRUE) != 0);
        return unknown ? result | UNKNOWN : result;
    }

    int or(int a, int b) {
        int result = ((a | b) & TRUE) | (a & b & FALSE);
        boolean unknown =
                ((a & UNKNOWN) != 0 && (b & (FALSE | UNKNOWN)) != 0) || ((b & UNKNOWN) != 0 && (a & FALSE) != 0);
        return unknown ? result | UNKNOWN : result;
    }

    int not(int a) {
        return (a & UNKNOWN) | ((a & TRUE) << 1) | ((a & FALSE) >> 1);
    }

    /** {@code a IS TRUE} and so on, of which nothing is unknown. */
    int is(int a, int truth) {
        return ((a & truth) != 0 ? TRUE : 0) | ((a & ~truth) != 0 ? FALSE : 0);
    }

    /**
     * A comparison.
     *
     * @param trueFor the relations for which the operator is true
     */
    int compared(int trueFor, int relation) {
        int result = (relation & trueFor) != 0 ? TRUE : 0;
        if ((relation & Relation.COMPARED & ~trueFor) != 0) {
            result |= FALSE;
        }
        return (relation & (Relation.ONE_NULL | Relation.BOTH_NULL)) != 0 ? result | UNKNOWN : result;
    }

    /** {@code IS DISTINCT FROM}. */
    int distinct(int relation) {
        int result = (relation & (Relation.LESS | Relation.GREATER | Relation.ONE_NULL)) != 0 ? TRUE : 0;
        return (relation & (Relation.EQUAL | Relation.BOTH_NULL)) != 0 ? result | FALSE : result;
    }

    int isNull(ColumnType type, AbstractValue value) {
        return (Relation.mayBeNull(type, value) ? TRUE : 0) | (Relation.mayBeValue(value) ? FALSE : 0);
    }

    int relation(ColumnType type, AbstractValue left, AbstractValue right) {
        return Relation.between(type, left, right);
    }

    /** What a function yields for arguments that are not NULL. */
    AbstractValue result(Function function, ColumnType type, List<Object> arguments) {
        return BoundComputed.result(function, type, arguments);
    }

    /**
     * What a cast makes of a value.
     *
     * @param from null for a literal or parameter
     */
    AbstractValue cast(@Nullable ColumnType from, ColumnType to, AbstractValue value) {
        return PossibleValues.cast(from, to, value);
    }

    /** Whether a string that is not null matches a regular expression. */
    int matches(RegularExpression pattern, String value) {
        return pattern.truths(value);
    }

    /** Whether a string that is not null matches. */
    int like(LikePattern pattern, String value) {
        return pattern.truths(value);
    }

    /**
     * What is known of a column of the changed row on one side of the change. A column that an UPDATE does not change has the
     * same value on both sides, so what is known of either holds for both.
     */
    AbstractValue known(ChangeEvent event, boolean after, String column) {
        AbstractValue value = value(after ? event.after() : event.before(), column);
        if (value instanceof AbstractValue.Exact
                || event.kind() != ChangeEvent.Kind.UPDATE
                || event.changed().contains(column)) {
            return value;
        }
        AbstractValue other = value(after ? event.before() : event.after(), column);
        return says(other) > says(value) ? other : value;
    }

    private static AbstractValue value(@Nullable Image image, String column) {
        return image == null ? AbstractValue.UNKNOWN : image.get(column);
    }

    /** Of two true statements on one value, the one that says more is as true. */
    private static int says(AbstractValue value) {
        if (value instanceof AbstractValue.Unknown) {
            return 0;
        }
        if (value instanceof AbstractValue.NotNull) {
            return 1;
        }
        return value instanceof AbstractValue.Range ? 2 : value instanceof AbstractValue.OneOf ? 3 : 4;
    }
}
