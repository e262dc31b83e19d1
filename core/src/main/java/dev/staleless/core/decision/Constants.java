package dev.staleless.core.decision;

import dev.staleless.core.condition.Operand;
import dev.staleless.core.decision.OperandBinder.Term;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ArrayValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of operands that are the same for every row. */
public final class Constants {

    private Constants() {}

    /** Whether an operand depends on literals and parameters only. */
    public static boolean isConstant(Operand operand) {
        if (operand instanceof Operand.Literal || operand instanceof Operand.Parameter) {
            return true;
        } else if (operand instanceof Operand.Cast cast) {
            return isConstant(cast.of());
        } else if (operand instanceof Operand.Lower lower) {
            return isConstant(lower.of());
        } else if (operand instanceof Operand.Upper upper) {
            return isConstant(upper.of());
        } else if (operand instanceof Operand.Computed computed) {
            return computed.operands().stream().allMatch(Constants::isConstant);
        }
        return operand instanceof Operand.Elements elements && isConstant(elements.array());
    }

    /**
     * The value of a constant operand, other than {@link Operand.Elements}, as it meets a column.
     *
     * @return null for NULL; {@link Parameters#OPAQUE} if it is not sure which value the column is compared with
     */
    public static @Nullable Object value(Operand operand, ColumnType type, Parameters parameters) {
        if (operand instanceof Operand.Literal literal) {
            return literal.value();
        } else if (operand instanceof Operand.Parameter parameter) {
            return parameters.get(parameter.index());
        }
        Term term = new Binder(-1, parameters).term(operand);
        ColumnType own = term.type();
        boolean same = own != null
                && own.kind() == type.kind()
                && term.operand().isConstant()
                && term.operand().constant() instanceof AbstractValue.Exact;
        return same ? ((AbstractValue.Exact) term.operand().constant()).value() : Parameters.OPAQUE;
    }

    /**
     * The values that a column equals one of, NULLs left out.
     *
     * @param operands constants
     * @return null if they are more than a number, or if it is not sure what they are
     */
    public static @Nullable List<Object> values(
            List<Operand> operands, ColumnType type, Parameters parameters, int max) {
        List<Object> values = new ArrayList<>();
        for (Operand operand : operands) {
            if (operand instanceof Operand.Elements elements) {
                if (!addElements(elements, parameters, max, values)) {
                    return null;
                }
            } else {
                add(value(operand, type, parameters), values);
            }
            if (values.size() > max || values.contains(Parameters.OPAQUE)) {
                return null;
            }
        }
        return values;
    }

    private static boolean addElements(Operand.Elements elements, Parameters parameters, int max, List<Object> values) {
        boolean known = elements.array() instanceof Operand.Parameter parameter
                && parameters.get(parameter.index()) instanceof ArrayValue;
        if (!known) {
            return false;
        }
        Object array = parameters.get(((Operand.Parameter) elements.array()).index());
        for (Object element : ((ArrayValue) array).elements()) {
            add(element, values);
            if (values.size() > max) {
                return false;
            }
        }
        return true;
    }

    private static void add(@Nullable Object value, List<Object> values) {
        if (value != null && !values.contains(value)) {
            values.add(value);
        }
    }
}
