package dev.staleless.core.decision;

import dev.staleless.core.condition.Interval;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.decision.OperandBinder.Term;
import dev.staleless.core.value.AbstractValue;
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
        return false;
    }

    /**
     * The value of a constant operand.
     *
     * @return null for NULL; {@link Parameters#OPAQUE} if it is not sure
     */
    public static @Nullable Object value(Operand operand, Parameters parameters) {
        Term term = new Binder(-1, parameters).term(operand);
        if (term.isRaw()) {
            return term.constant() instanceof Interval ? Parameters.OPAQUE : term.constant();
        }
        boolean sure = term.operand().isConstant() && term.operand().constant() instanceof AbstractValue.Exact;
        return sure ? ((AbstractValue.Exact) term.operand().constant()).value() : Parameters.OPAQUE;
    }

    /**
     * The values that a column equals one of, NULLs left out.
     *
     * @param operands constants, or {@link Operand.Elements}
     * @return null if they are more than a number, or if it is not sure what they are
     */
    public static @Nullable List<Object> values(List<Operand> operands, Parameters parameters, int max) {
        List<Object> values = new ArrayList<>();
        for (Operand operand : operands) {
            if (operand instanceof Operand.Elements elements) {
                List<Term> terms = new Binder(-1, parameters).elements(elements.array());
                if (terms == null || !addAll(terms, max, values)) {
                    return null;
                }
            } else {
                add(value(operand, parameters), values);
            }
            if (values.size() > max || values.contains(Parameters.OPAQUE)) {
                return null;
            }
        }
        return values;
    }

    private static boolean addAll(List<Term> terms, int max, List<Object> values) {
        for (Term term : terms) {
            if (term.isRaw()) {
                add(term.constant(), values);
            } else {
                AbstractValue value = term.operand().constant();
                add(value instanceof AbstractValue.Exact exact ? exact.value() : Parameters.OPAQUE, values);
            }
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
