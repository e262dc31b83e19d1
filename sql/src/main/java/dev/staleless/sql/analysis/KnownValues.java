package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Comparison;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.decision.Constants;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a row's columns can hold if conditions are true for it.
 *
 * <p>Used for before images of {@code UPDATE .. WHERE} and {@code DELETE .. WHERE}. At READ COMMITTED PostgreSQL finds rows by
 * its snapshot, locks each, and where another transaction has changed the row since, evaluates the condition again on the
 * version it has locked (manual, 13.2.1); at the higher levels it fails instead. So the condition is true for exactly the
 * version that the statement replaces.
 */
final class KnownValues {

    private final int use;
    private final Parameters parameters;
    private final Map<String, AbstractValue> values = new HashMap<>();

    private KnownValues(int use, Parameters parameters) {
        this.use = use;
        this.parameters = parameters;
    }

    /** The columns of which something is known. */
    static Map<String, AbstractValue> of(List<Condition> conjuncts, int use, Parameters parameters) {
        KnownValues known = new KnownValues(use, parameters);
        conjuncts.forEach(known::add);
        return known.values;
    }

    /** The value of a constant: null for NULL, {@link Parameters#OPAQUE} if not known. */
    static @Nullable Object constant(Operand operand, Parameters parameters) {
        return Constants.value(operand, parameters);
    }

    private void add(Condition condition) {
        if (condition instanceof Condition.And and) {
            and.parts().forEach(this::add);
        } else if (condition instanceof Comparison comparison) {
            compare(comparison.left(), comparison.operator(), comparison.right());
            compare(comparison.right(), mirrored(comparison.operator()), comparison.left());
        } else if (condition instanceof Condition.In in) {
            in(in);
        } else if (condition instanceof Condition.IsNull isNull) {
            put(isNull.operand(), AbstractValue.NULL);
        } else if (condition instanceof Condition.Holds holds) {
            put(holds.operand(), new AbstractValue.Exact(true));
        } else if (condition instanceof Condition.Not not) {
            addNot(not.of());
        }
    }

    private void addNot(Condition condition) {
        if (condition instanceof Condition.IsNull isNull) {
            put(isNull.operand(), AbstractValue.NOT_NULL);
        } else if (condition instanceof Condition.Holds holds) {
            put(holds.operand(), new AbstractValue.Exact(false));
        } else if (condition instanceof Condition.IsDistinct distinct) {
            same(distinct.left(), distinct.right());
            same(distinct.right(), distinct.left());
        }
    }

    private void same(Operand operand, Operand constant) {
        if (operand instanceof Operand.Column column && Operands.isConstant(constant)) {
            Object value = constant(constant, parameters);
            if (value == null) {
                put(column, AbstractValue.NULL);
            } else if (value != Parameters.OPAQUE) {
                put(column, Values.related(column.type(), Relation.EQUAL, value));
            }
        }
    }

    private void compare(Operand operand, Operator operator, Operand other) {
        if (!(operand instanceof Operand.Column column)) {
            return;
        }
        Object value = Operands.isConstant(other) ? constant(other, parameters) : Parameters.OPAQUE;
        put(column, Values.related(column.type(), relations(operator), value));
    }

    private static int relations(Operator operator) {
        return switch (operator) {
            case EQUAL -> Relation.EQUAL;
            case NOT_EQUAL -> Relation.LESS | Relation.GREATER;
            case LESS -> Relation.LESS;
            case LESS_OR_EQUAL -> Relation.LESS | Relation.EQUAL;
            case GREATER -> Relation.GREATER;
            case GREATER_OR_EQUAL -> Relation.GREATER | Relation.EQUAL;
        };
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> operator;
            case LESS -> Operator.GREATER;
            case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
        };
    }

    private void in(Condition.In in) {
        if (!(in.operand() instanceof Operand.Column column)) {
            return;
        }
        Set<Object> exact = new HashSet<>();
        for (Operand operand : in.values()) {
            Object value = Operands.isConstant(operand) ? constant(operand, parameters) : Parameters.OPAQUE;
            if (value == null) {
                continue; // nothing is equal to NULL
            }
            if (value == Parameters.OPAQUE
                    || !(Values.related(column.type(), Relation.EQUAL, value) instanceof AbstractValue.Exact one)
                    || one.value() == null) {
                put(column, Values.related(column.type(), Relation.EQUAL, Parameters.OPAQUE));
                return;
            }
            exact.add(one.value());
        }
        if (exact.size() == 1) {
            put(column, new AbstractValue.Exact(exact.iterator().next()));
        } else if (!exact.isEmpty()) {
            put(column, new AbstractValue.OneOf(exact));
        }
    }

    /** Keeps the narrower of two facts; each is true by itself. */
    private void put(Operand operand, AbstractValue value) {
        if (!(operand instanceof Operand.Column column) || column.use() != use) {
            return;
        }
        if (column.type().kind() == ColumnType.Kind.OTHER
                && value instanceof AbstractValue.Exact exact
                && exact.value() != null) {
            return;
        }
        AbstractValue known = values.get(column.column());
        if (known instanceof AbstractValue.Range first && value instanceof AbstractValue.Range second) {
            values.put(column.column(), both(first, second));
        } else if (known == null || rank(value) < rank(known)) {
            values.put(column.column(), value);
        }
    }

    /** A lower bound of one and an upper bound of the other; of two bounds on one side the first is kept. */
    private static AbstractValue both(AbstractValue.Range first, AbstractValue.Range second) {
        AbstractValue.Range low = first.low() != null ? first : second;
        AbstractValue.Range high = first.high() != null ? first : second;
        return new AbstractValue.Range(low.low(), low.lowInclusive(), high.high(), high.highInclusive());
    }

    private static int rank(AbstractValue value) {
        if (value instanceof AbstractValue.Exact) {
            return 0;
        }
        if (value instanceof AbstractValue.OneOf) {
            return 1;
        }
        if (value instanceof AbstractValue.Range) {
            return 2;
        }
        return value instanceof AbstractValue.NotNull ? 3 : 4;
    }
}
