package dev.staleless.core.decision;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.decision.OperandBinder.Term;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ArrayValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepares the condition of one occurrence of a table for the values of the parameters. */
final class Binder {

    private final OperandBinder operands;

    Binder(int use, Parameters parameters) {
        this.operands = new OperandBinder(use, parameters, this);
    }

    BoundCondition bind(Condition condition) {
        if (condition instanceof Condition.And and) {
            BoundCondition[] parts = all(and.parts());
            // in which order does not matter to a conjunction: what decides most for least comes first
            Arrays.sort(parts, Comparator.comparingInt(Binder::cost));
            return new BoundCondition.And(parts);
        } else if (condition instanceof Condition.Or or) {
            return new BoundCondition.Or(all(or.parts()));
        } else if (condition instanceof Condition.Not not) {
            return new BoundCondition.Not(bind(not.of()));
        } else if (condition instanceof Condition.Is is) {
            return new BoundCondition.Is(bind(is.of()), Logic.of(is.truth()));
        } else if (condition instanceof Condition.Constant constant) {
            return new BoundCondition.Fixed(Logic.of(constant.truth()));
        } else if (condition instanceof Condition.Opaque) {
            return BoundCondition.OPAQUE;
        }
        return predicate(condition);
    }

    /** What it takes to evaluate a part of a conjunction, beside how seldom it is true. */
    private static int cost(BoundCondition part) {
        if (part instanceof BoundIn in) {
            return in.isSet() ? 0 : 3;
        } else if (part instanceof BoundCondition.Compared compared) {
            boolean withConstant =
                    compared.left().isConstant() || compared.right().isConstant();
            return !withConstant ? 3 : compared.trueFor() == Operator.EQUAL.relations() ? 0 : 2;
        }
        return part instanceof BoundCondition.IsNull || part instanceof BoundCondition.Fixed ? 1 : 4;
    }

    Term term(Operand operand) {
        return operands.bind(operand);
    }

    private BoundCondition predicate(Condition condition) {
        if (condition instanceof Condition.Comparison c) {
            return compared(c.operator(), operands.bind(c.left()), operands.bind(c.right()));
        } else if (condition instanceof Condition.IsDistinct c) {
            Term left = operands.bind(c.left());
            Term right = operands.bind(c.right());
            ColumnType type = Types.meeting(left, right);
            return new BoundCondition.Distinct(type, left.as(type), right.as(type));
        } else if (condition instanceof Condition.In in) {
            return in(in);
        } else if (condition instanceof Condition.Quantified quantified) {
            return quantified(quantified);
        } else if (condition instanceof Condition.IsNull isNull) {
            Term term = operands.bind(isNull.operand());
            ColumnType type = term.type();
            return new BoundCondition.IsNull(type == null ? Types.ANY_TEXT : type, term.nullness());
        } else if (condition instanceof Condition.Holds holds) {
            Term term = operands.bind(holds.operand());
            ColumnType type = term.type() == null ? Types.BOOLEAN : term.type();
            return new BoundCondition.Holds(type, term.as(type));
        }
        return new Patterns(operands).bind(condition);
    }

    private BoundCondition[] all(List<Condition> parts) {
        BoundCondition[] bound = new BoundCondition[parts.size()];
        for (int i = 0; i < bound.length; i++) {
            bound[i] = bind(parts.get(i));
        }
        return bound;
    }

    private static BoundCondition compared(Operator operator, Term left, Term right) {
        ColumnType type = Types.meeting(left, right);
        return new BoundCondition.Compared(operator.relations(), type, left.as(type), right.as(type));
    }

    // ---- lists and arrays

    private BoundCondition in(Condition.In in) {
        List<Term> elements = new ArrayList<>(in.values().size());
        for (Operand element : in.values()) {
            elements.add(operands.bind(element));
        }
        return in(operands.bind(in.operand()), elements);
    }

    private static BoundCondition in(Term operand, List<Term> elements) {
        ColumnType type = operand.type();
        List<AbstractValue> constants = new ArrayList<>();
        List<BoundCondition> comparisons = new ArrayList<>();
        for (Term element : elements) {
            if (type != null && element.isRaw() && type.equals(Types.meeting(operand, element))) {
                constants.add(Types.known(type, element.constant()));
            } else if (type != null && isConstant(operand, element)) {
                constants.add(element.operand().constant());
            } else {
                comparisons.add(compared(Operator.EQUAL, operand, element));
            }
        }
        ColumnType known = type == null ? ColumnType.UNKNOWN : type;
        return new BoundIn(known, operand.as(known), constants, comparisons);
    }

    /** Whether an element that was computed is one value, which meets the operand in the operand's own kind of type. */
    private static boolean isConstant(Term operand, Term element) {
        ColumnType type = operand.type();
        ColumnType own = element.type();
        if (type == null || own == null || !element.operand().isConstant()) {
            return false;
        }
        boolean integers = type.kind() == ColumnType.Kind.INTEGER && own.kind() == ColumnType.Kind.INTEGER;
        ColumnType met = Types.meeting(operand, element);
        return integers || (met.kind() == type.kind() && met.equality() == type.equality());
    }

    /**
     * ANY is the disjunction of the comparisons with the elements, ALL their conjunction: of an empty array false and true, even
     * for NULL.
     */
    private BoundCondition quantified(Condition.Quantified quantified) {
        if (isNull(quantified.array())) {
            return new BoundCondition.Fixed(Logic.UNKNOWN);
        }
        List<Term> elements = elements(quantified.array());
        if (elements == null) {
            return BoundCondition.OPAQUE;
        }
        Term operand = operands.bind(quantified.operand());
        Operator operator = quantified.operator();
        if (operator == Operator.EQUAL && !quantified.all()) {
            return in(operand, elements);
        } else if (operator == Operator.NOT_EQUAL && quantified.all()) {
            return new BoundCondition.Not(in(operand, elements));
        }
        BoundCondition[] parts = new BoundCondition[elements.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = compared(operator, operand, elements.get(i));
        }
        return quantified.all() ? new BoundCondition.And(parts) : new BoundCondition.Or(parts);
    }

    private boolean isNull(Operand array) {
        if (array instanceof Operand.Cast cast) {
            return isNull(cast.of());
        }
        Term term = operands.bind(array);
        return term.isRaw() && term.constant() == null;
    }

    /** The elements of a bound array, which may be cast; null if they are not known. */
    @Nullable
    List<Term> elements(Operand array) {
        ColumnType to = array instanceof Operand.Cast cast ? cast.type() : null;
        Term bound = operands.bind(array instanceof Operand.Cast cast ? cast.of() : array);
        if (!bound.isRaw() || !(bound.constant() instanceof ArrayValue value)) {
            return null;
        }
        List<Term> elements = new ArrayList<>(value.elements().size());
        for (Object element : value.elements()) {
            Term raw = Term.raw(element);
            elements.add(to == null ? raw : OperandBinder.cast(raw, to));
        }
        return elements;
    }
}
