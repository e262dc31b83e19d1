package dev.staleless.core.decision;

import dev.staleless.core.condition.Function;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.core.value.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prepares operands for one occurrence of a table and the values of the parameters. What depends on constants alone is computed
 * here, once.
 */
final class OperandBinder {

    private final int use;
    private final Parameters parameters;
    private final Binder conditions;

    OperandBinder(int use, Parameters parameters, Binder conditions) {
        this.use = use;
        this.parameters = parameters;
        this.conditions = conditions;
    }

    /**
     * A prepared operand and its type.
     *
     * @param type null for a literal or parameter, which takes the type of what it meets
     * @param constant the value of a literal or parameter
     */
    record Term(
            BoundOperand operand,
            @Nullable ColumnType type,
            @Nullable Object constant) {

        static final Term UNKNOWN = new Term(BoundOperand.UNKNOWN, ColumnType.UNKNOWN, null);

        static Term raw(@Nullable Object constant) {
            return new Term(BoundOperand.UNKNOWN, null, constant);
        }

        static Term of(BoundOperand operand, ColumnType type) {
            return new Term(operand, type, null);
        }

        /** Whether it is a literal or parameter. */
        boolean isRaw() {
            return type == null;
        }

        /** As it stands beside something of a type. */
        BoundOperand as(ColumnType met) {
            if (isRaw()) {
                return new BoundOperand.Constant(Types.known(met, constant));
            }
            // a date meets a timestamp as its midnight
            boolean date = type != null && type.kind() == Kind.DATE && met.kind() == Kind.TIMESTAMP;
            return date ? folded(new BoundOperand.Cast(operand, type, met)) : operand;
        }

        /** As far as being NULL goes. */
        BoundOperand nullness() {
            if (!isRaw()) {
                return operand;
            }
            AbstractValue value = constant == null
                    ? AbstractValue.NULL
                    : constant == Parameters.OPAQUE ? AbstractValue.UNKNOWN : AbstractValue.NOT_NULL;
            return new BoundOperand.Constant(value);
        }
    }

    Term bind(Operand operand) {
        if (operand instanceof Operand.Column column) {
            BoundOperand bound = column.use() == use ? new BoundOperand.Column(column.column()) : BoundOperand.UNKNOWN;
            return Term.of(bound, column.type());
        } else if (operand instanceof Operand.Literal literal) {
            return Term.raw(literal.value());
        } else if (operand instanceof Operand.Parameter parameter) {
            return Term.raw(parameters.get(parameter.index()));
        } else if (operand instanceof Operand.Lower lower) {
            return mapped(bind(lower.of()), false);
        } else if (operand instanceof Operand.Upper upper) {
            return mapped(bind(upper.of()), true);
        } else if (operand instanceof Operand.Cast cast) {
            return cast(bind(cast.of()), cast.type());
        } else if (operand instanceof Operand.Computed computed) {
            return computed(computed);
        } else if (operand instanceof Operand.Case choice) {
            return choice(choice);
        } else if (operand instanceof Operand.Truth truth) {
            return Term.of(folded(new BoundOperand.Truth(conditions.bind(truth.of()))), Types.BOOLEAN);
        }
        return Term.UNKNOWN;
    }

    private List<Term> bindAll(List<Operand> operands) {
        List<Term> terms = new ArrayList<>(operands.size());
        operands.forEach(operand -> terms.add(bind(operand)));
        return terms;
    }

    // ---- texts in lower and upper case

    private static Term mapped(Term of, boolean upper) {
        ColumnType type = of.type();
        if (type == null) {
            AbstractValue value = Types.known(Types.ANY_TEXT, of.constant());
            return Term.of(new BoundOperand.Constant(CaseMapping.map(value, upper)), Types.NEUTRAL_TEXT);
        }
        if (type.kind() != Kind.TEXT) {
            return Term.of(BoundOperand.UNKNOWN, ColumnType.UNKNOWN);
        }
        return Term.of(folded(new BoundOperand.Mapped(of.operand(), upper)), Types.unlimited(type));
    }

    // ---- casts

    static Term cast(Term of, ColumnType to) {
        if (to.kind() == Kind.OTHER) {
            return Term.UNKNOWN;
        }
        ColumnType from = of.type();
        boolean collated = from != null && from.kind() == Kind.TEXT && !Types.isNeutral(from);
        ColumnType type = to.kind() != Kind.TEXT
                ? to
                : collated && from != null ? Types.unlimited(from) : Types.neutral(to.equality());
        BoundOperand operand = from == null ? new BoundOperand.Constant(Types.natural(of.constant())) : of.operand();
        return Term.of(folded(new BoundOperand.Cast(operand, from, to)), type);
    }

    // ---- functions

    private Term computed(Operand.Computed computed) {
        List<Term> terms = bindAll(computed.operands());
        Function function = computed.function();
        return switch (function) {
            case COALESCE, GREATEST, LEAST -> alternatives(function, terms);
            case NULLIF -> nullif(terms);
            case CONCAT -> concat(terms);
            default -> strict(function, terms);
        };
    }

    /** A function that is NULL for NULL. */
    private static Term strict(Function function, List<Term> terms) {
        ColumnType type = Types.result(function, terms);
        if (type.kind() == Kind.OTHER) {
            return Term.UNKNOWN;
        }
        return Term.of(folded(new BoundComputed.Strict(function, naturals(terms), type)), type);
    }

    private static Term concat(List<Term> terms) {
        ColumnType type = Types.result(Function.CONCATENATE, terms);
        // what concat() makes of CHAR and of other types is not what || makes of them
        boolean sure = terms.stream().allMatch(term -> term.isRaw() || Types.isVariableTextOrInteger(term.type()));
        if (type.kind() == Kind.OTHER || !sure) {
            return Term.UNKNOWN;
        }
        return Term.of(folded(new BoundComputed.Concat(naturals(terms), type)), type);
    }

    private static BoundOperand[] naturals(List<Term> terms) {
        BoundOperand[] operands = new BoundOperand[terms.size()];
        for (int i = 0; i < operands.length; i++) {
            Term term = terms.get(i);
            operands[i] = term.isRaw() ? new BoundOperand.Constant(Types.natural(term.constant())) : term.operand();
        }
        return operands;
    }

    private static Term alternatives(Function function, List<Term> terms) {
        ColumnType type = Types.common(terms);
        BoundOperand[] operands = all(terms, type);
        BoundOperand bound = function == Function.COALESCE
                ? new BoundComputed.Coalesce(operands, type)
                : new BoundComputed.Extreme(operands, type, function == Function.GREATEST);
        return Term.of(folded(bound), type);
    }

    private static BoundOperand[] all(List<Term> terms, ColumnType type) {
        BoundOperand[] operands = new BoundOperand[terms.size()];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = terms.get(i).as(type);
        }
        return operands;
    }

    /** Compared as {@code =} does, and the first as it is. */
    private static Term nullif(List<Term> terms) {
        ColumnType type = terms.get(0).type();
        if (terms.size() != 2 || type == null) {
            return Term.UNKNOWN;
        }
        ColumnType met = Types.meeting(terms.get(0), terms.get(1));
        BoundOperand bound =
                new BoundComputed.NullIf(terms.get(0).as(met), terms.get(1).as(met), met);
        return Term.of(folded(bound), Types.unlimited(type));
    }

    private Term choice(Operand.Case choice) {
        List<Term> results = new ArrayList<>();
        BoundCondition[] tests = new BoundCondition[choice.branches().size()];
        for (int i = 0; i < tests.length; i++) {
            tests[i] = conditions.bind(choice.branches().get(i).condition());
            results.add(bind(choice.branches().get(i).result()));
        }
        results.add(bind(choice.otherwise()));
        ColumnType type = Types.common(results);
        return Term.of(folded(new BoundComputed.Choice(tests, all(results, type))), type);
    }

    /** The operand, or its value if that is the same for every row. */
    private static BoundOperand folded(BoundOperand operand) {
        return operand.isConstant() ? new BoundOperand.Constant(operand.constant()) : operand;
    }
}
