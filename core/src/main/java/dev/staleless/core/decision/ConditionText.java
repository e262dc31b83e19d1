package dev.staleless.core.decision;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ArrayValue;
import dev.staleless.core.value.Parameters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Conditions and values as people write them, close to SQL, long ones cut. For explanations only. */
final class ConditionText {

    private static final int MAX_PARTS = 8;
    private static final int MAX_CONDITIONS = 40;
    private static final int MAX_CHARACTERS = 60;

    private final TableUse use;
    private final Parameters parameters;
    private final Set<String> columns = new LinkedHashSet<>();

    ConditionText(TableUse use, Parameters parameters) {
        this.use = use;
        this.parameters = parameters;
    }

    /** The occurrence's own columns in the conditions written so far. */
    Set<String> columns() {
        return columns;
    }

    String of(Condition condition) {
        if (condition instanceof Condition.And and) {
            return parts(and.parts(), " AND ");
        } else if (condition instanceof Condition.Or or) {
            return parts(or.parts(), " OR ");
        } else if (condition instanceof Condition.Not not) {
            return "NOT " + of(not.of());
        } else if (condition instanceof Condition.Is is) {
            return of(is.of()) + " IS " + is.truth();
        } else if (condition instanceof Condition.Constant constant) {
            return constant.truth().toString();
        } else if (condition instanceof Condition.Opaque) {
            return "(something not understood)";
        }
        return predicate(condition);
    }

    private String predicate(Condition condition) {
        if (condition instanceof Condition.Comparison c) {
            return of(c.left()) + " " + c.operator().sql() + " " + of(c.right());
        } else if (condition instanceof Condition.In in) {
            return of(in.operand()) + " IN " + operands(in.values());
        } else if (condition instanceof Condition.Quantified q) {
            return of(q.operand()) + " " + q.operator().sql() + (q.all() ? " ALL " : " ANY ") + of(q.array());
        } else if (condition instanceof Condition.Matches matches) {
            return of(matches.operand()) + (matches.ignoreCase() ? " ~* " : " ~ ") + of(matches.pattern());
        } else if (condition instanceof Condition.Similar similar) {
            return of(similar.operand()) + " SIMILAR TO " + of(similar.pattern());
        } else if (condition instanceof Condition.Like like) {
            return of(like.operand()) + (like.ignoreCase() ? " ILIKE " : " LIKE ") + of(like.pattern());
        } else if (condition instanceof Condition.IsNull isNull) {
            return of(isNull.operand()) + " IS NULL";
        } else if (condition instanceof Condition.IsDistinct c) {
            return of(c.left()) + " IS DISTINCT FROM " + of(c.right());
        } else if (condition instanceof Condition.Holds holds) {
            return of(holds.operand());
        }
        return condition.toString();
    }

    private String parts(List<Condition> parts, String between) {
        StringJoiner text = new StringJoiner(between, "(", ")");
        for (Condition part : parts.subList(0, Math.min(parts.size(), MAX_CONDITIONS))) {
            text.add(of(part));
        }
        return parts.size() > MAX_CONDITIONS
                ? text.add("... " + parts.size() + " conditions").toString()
                : text.toString();
    }

    private String operands(List<Operand> operands) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        for (Operand operand : operands.subList(0, Math.min(operands.size(), MAX_PARTS))) {
            text.add(of(operand));
        }
        return operands.size() > MAX_PARTS
                ? text.add("... " + operands.size() + " values").toString()
                : text.toString();
    }

    private String of(Operand operand) {
        if (operand instanceof Operand.Column column) {
            boolean own = column.use() == use.index();
            if (own) {
                columns.add(column.column());
            }
            return own ? column.column() : "(another table's " + column.column() + ")";
        } else if (operand instanceof Operand.Literal literal) {
            return of(literal.value());
        } else if (operand instanceof Operand.Parameter parameter) {
            return of(parameters.get(parameter.index()));
        } else if (operand instanceof Operand.Lower lower) {
            return "lower(" + of(lower.of()) + ")";
        } else if (operand instanceof Operand.Upper upper) {
            return "upper(" + of(upper.of()) + ")";
        } else if (operand instanceof Operand.Cast cast) {
            return "CAST(" + of(cast.of()) + " AS "
                    + cast.type().kind().toString().toLowerCase(Locale.ROOT) + ")";
        } else if (operand instanceof Operand.Computed computed) {
            return computed(computed);
        } else if (operand instanceof Operand.Case choice) {
            return choice(choice);
        } else if (operand instanceof Operand.Truth truth) {
            return "(" + of(truth.of()) + ")";
        }
        return "(an expression)";
    }

    private String computed(Operand.Computed computed) {
        String name = computed.function().sql();
        List<Operand> operands = computed.operands();
        if (Character.isLetter(name.charAt(0))) {
            return name + operands(operands);
        }
        return operands.size() == 2
                ? "(" + of(operands.get(0)) + " " + name + " " + of(operands.get(1)) + ")"
                : name + of(operands.get(0));
    }

    private String choice(Operand.Case choice) {
        StringBuilder text = new StringBuilder("CASE");
        for (Operand.Branch branch : choice.branches()) {
            text.append(" WHEN ")
                    .append(of(branch.condition()))
                    .append(" THEN ")
                    .append(of(branch.result()));
        }
        return text.append(" ELSE ")
                .append(of(choice.otherwise()))
                .append(" END")
                .toString();
    }

    private static String of(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof ArrayValue array) {
            return elements(array);
        }
        String text = value.toString();
        if (text.length() > MAX_CHARACTERS) {
            text = text.substring(0, MAX_CHARACTERS) + "...";
        }
        boolean plain = value instanceof Number || value instanceof Boolean || value == Parameters.OPAQUE;
        return plain ? text : "'" + text + "'";
    }

    private static String elements(ArrayValue array) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        List<@Nullable Object> elements = array.elements();
        for (Object element : elements.subList(0, Math.min(elements.size(), MAX_PARTS))) {
            text.add(of(element));
        }
        return elements.size() > MAX_PARTS
                ? text.add("... " + elements.size() + " values").toString()
                : text.toString();
    }

    /** What is known of a column, to stand after its name. */
    static String of(AbstractValue value) {
        if (value instanceof AbstractValue.Exact exact) {
            return " = " + of(exact.value());
        } else if (value instanceof AbstractValue.OneOf oneOf) {
            return " one of " + oneOf.values().size() + " values";
        } else if (value instanceof AbstractValue.Range range) {
            String low = range.low() == null ? "" : (range.lowInclusive() ? " >= " : " > ") + of(range.low());
            String high = range.high() == null ? "" : (range.highInclusive() ? " <= " : " < ") + of(range.high());
            return low + high;
        }
        return value instanceof AbstractValue.NotNull ? " not NULL" : " unknown";
    }
}
