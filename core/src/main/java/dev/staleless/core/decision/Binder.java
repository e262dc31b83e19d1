package dev.staleless.core.decision;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prepares the condition of one occurrence of a table for the values of the parameters. */
final class Binder {

    /** Some string; how it compares is not known. */
    static final ColumnType ANY_TEXT = new ColumnType(ColumnType.Kind.TEXT, -1, -1, ColumnType.Equality.UNKNOWN);

    private static final LikePattern[] NO_PATTERNS = {};
    private static final int NO_ESCAPE = -1;

    private final int use;
    private final Parameters parameters;

    Binder(int use, Parameters parameters) {
        this.use = use;
        this.parameters = parameters;
    }

    BoundCondition bind(Condition condition) {
        if (condition instanceof Condition.And and) {
            return new BoundCondition.And(all(and.parts()));
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

    private BoundCondition predicate(Condition condition) {
        if (condition instanceof Condition.Comparison c) {
            ColumnType type = type(c.left(), c.right());
            return new BoundCondition.Compared(
                    c.operator().relations(), type, operand(c.left(), type), operand(c.right(), type));
        } else if (condition instanceof Condition.IsDistinct c) {
            ColumnType type = type(c.left(), c.right());
            return new BoundCondition.Distinct(type, operand(c.left(), type), operand(c.right(), type));
        } else if (condition instanceof Condition.In in) {
            return in(in);
        } else if (condition instanceof Condition.Like like) {
            return like(like);
        } else if (condition instanceof Condition.IsNull isNull) {
            ColumnType type = type(isNull.operand());
            return type == null
                    ? new BoundCondition.IsNull(ANY_TEXT, nullness(isNull.operand()))
                    : new BoundCondition.IsNull(type, operand(isNull.operand(), type));
        } else if (condition instanceof Condition.Holds holds) {
            ColumnType type = type(holds.operand());
            ColumnType bool =
                    type == null ? new ColumnType(ColumnType.Kind.BOOLEAN, -1, -1, ColumnType.Equality.EXACT) : type;
            return new BoundCondition.Holds(bool, operand(holds.operand(), bool));
        }
        throw new IllegalArgumentException(
                "Condition of an unknown class: " + condition.getClass().getName());
    }

    private BoundCondition[] all(List<Condition> parts) {
        BoundCondition[] bound = new BoundCondition[parts.size()];
        for (int i = 0; i < bound.length; i++) {
            bound[i] = bind(parts.get(i));
        }
        return bound;
    }

    private BoundCondition in(Condition.In in) {
        ColumnType type = type(in.operand());
        List<AbstractValue> constants = new ArrayList<>();
        List<BoundCondition> comparisons = new ArrayList<>();
        for (Operand element : in.values()) {
            if (type != null
                    && type.equals(type(in.operand(), element))
                    && operand(element, type) instanceof BoundOperand.Constant constant) {
                constants.add(constant.value());
            } else {
                comparisons.add(predicate(new Condition.Comparison(Condition.Operator.EQUAL, in.operand(), element)));
            }
        }
        ColumnType known = type == null ? ColumnType.UNKNOWN : type;
        return new BoundIn(known, operand(in.operand(), known), constants, comparisons);
    }

    private BoundCondition like(Condition.Like like) {
        ColumnType type = type(like.operand());
        ColumnType known = type == null ? ANY_TEXT : type;
        boolean sure = known.kind() == ColumnType.Kind.TEXT && known.equality() != ColumnType.Equality.UNKNOWN;
        BoundOperand escape =
                like.escape() == null ? new BoundOperand.Constant(AbstractValue.NOT_NULL) : nullness(like.escape());
        return new BoundCondition.Like(
                known,
                type == null ? nullness(like.operand()) : operand(like.operand(), known),
                sure ? patterns(like) : NO_PATTERNS,
                nullness(like.pattern()),
                escape);
    }

    /** What the pattern could be: several if it is mapped to lower or upper case. Empty if that is not known. */
    private LikePattern[] patterns(Condition.Like like) {
        Object escape = like.escape() == null ? "\\" : constant(like.escape());
        if (!(escape instanceof String e) || e.length() > 1 || (e.length() == 1 && isSpecial(e.charAt(0)))) {
            return NO_PATTERNS;
        }
        List<LikePattern> patterns = new ArrayList<>();
        for (Object text : strings(like.pattern())) {
            LikePattern pattern = text instanceof String p
                    ? LikePattern.of(p, e.isEmpty() ? NO_ESCAPE : e.charAt(0), like.ignoreCase())
                    : null;
            if (pattern == null) {
                return NO_PATTERNS;
            }
            patterns.add(pattern);
        }
        return patterns.toArray(NO_PATTERNS);
    }

    /** The values that a constant text can have. Empty if they are not known. */
    private Set<Object> strings(Operand operand) {
        if (operand(operand, ANY_TEXT) instanceof BoundOperand.Constant constant) {
            if (constant.value() instanceof AbstractValue.Exact exact && exact.value() != null) {
                return Set.of(exact.value());
            } else if (constant.value() instanceof AbstractValue.OneOf oneOf) {
                return oneOf.values();
            }
        }
        return Set.of();
    }

    /** An escape character that is a wildcard itself, or half a character. */
    private static boolean isSpecial(char escape) {
        return escape == '%' || escape == '_' || Character.isSurrogate(escape);
    }

    /** The type two operands are compared in: that of the columns in them. */
    private ColumnType type(Operand left, Operand right) {
        ColumnType l = type(left);
        ColumnType r = type(right);
        if (l != null && r != null) {
            return Relation.common(l, r);
        }
        if (l == null && r == null) {
            return ofConstants(constant(left), constant(right));
        }
        return l == null ? withConstant(r, constant(left)) : withConstant(l, constant(right));
    }

    /** An integer column is compared with a decimal as a decimal. */
    private static ColumnType withConstant(@Nullable ColumnType type, @Nullable Object constant) {
        if (type == null) {
            return ColumnType.UNKNOWN;
        }
        return type.kind() == ColumnType.Kind.INTEGER && constant instanceof BigDecimal
                ? Relation.common(type, new ColumnType(ColumnType.Kind.DECIMAL, -1, -1, ColumnType.Equality.EXACT))
                : type;
    }

    /** Two constants are compared as what they are; how strings among themselves, is not known. */
    private static ColumnType ofConstants(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Boolean && right instanceof Boolean) {
            return new ColumnType(ColumnType.Kind.BOOLEAN, -1, -1, ColumnType.Equality.EXACT);
        }
        boolean numbers = (left instanceof Long || left instanceof BigDecimal)
                && (right instanceof Long || right instanceof BigDecimal);
        return numbers
                ? new ColumnType(ColumnType.Kind.DECIMAL, -1, -1, ColumnType.Equality.EXACT)
                : ColumnType.UNKNOWN;
    }

    /** The type of an operand, or null if it takes the type of what it meets. */
    private static @Nullable ColumnType type(Operand operand) {
        if (operand instanceof Operand.Column column) {
            return column.type();
        } else if (operand instanceof Operand.Lower lower) {
            return mapped(type(lower.of()));
        } else if (operand instanceof Operand.Upper upper) {
            return mapped(type(upper.of()));
        }
        return operand instanceof Operand.Unknown ? ColumnType.UNKNOWN : null;
    }

    private static @Nullable ColumnType mapped(@Nullable ColumnType type) {
        if (type == null) {
            return null;
        }
        return type.kind() == ColumnType.Kind.TEXT
                ? new ColumnType(ColumnType.Kind.TEXT, -1, -1, type.equality())
                : ColumnType.UNKNOWN;
    }

    /** The operand as it stands in a comparison of this type. */
    private BoundOperand operand(Operand operand, ColumnType type) {
        if (operand instanceof Operand.Column column) {
            return column.use() == use ? new BoundOperand.Column(column.column()) : BoundOperand.UNKNOWN;
        } else if (operand instanceof Operand.Lower lower) {
            return mapped(operand(lower.of(), type), false);
        } else if (operand instanceof Operand.Upper upper) {
            return mapped(operand(upper.of(), type), true);
        } else if (operand instanceof Operand.Unknown) {
            return BoundOperand.UNKNOWN;
        }
        return new BoundOperand.Constant(known(type, constant(operand)));
    }

    private static BoundOperand mapped(BoundOperand of, boolean upper) {
        return of instanceof BoundOperand.Constant constant
                ? new BoundOperand.Constant(CaseMapping.map(constant.value(), upper))
                : new BoundOperand.Mapped(of, upper);
    }

    private static AbstractValue known(ColumnType type, @Nullable Object raw) {
        if (raw == Parameters.OPAQUE) {
            return AbstractValue.UNKNOWN;
        }
        Object value = Values.constant(type, raw);
        return value == Parameters.OPAQUE ? AbstractValue.NOT_NULL : new AbstractValue.Exact(value);
    }

    /** What is known of an operand of any type as far as being NULL goes. */
    private BoundOperand nullness(Operand operand) {
        if (operand instanceof Operand.Literal || operand instanceof Operand.Parameter) {
            Object value = constant(operand);
            return new BoundOperand.Constant(
                    value == null
                            ? AbstractValue.NULL
                            : value == Parameters.OPAQUE ? AbstractValue.UNKNOWN : AbstractValue.NOT_NULL);
        }
        if (operand instanceof Operand.Lower lower) {
            return nullness(lower.of());
        }
        return operand instanceof Operand.Upper upper ? nullness(upper.of()) : BoundOperand.UNKNOWN;
    }

    /** The value of a literal or parameter; {@link Parameters#OPAQUE} for everything else. */
    private @Nullable Object constant(Operand operand) {
        if (operand instanceof Operand.Literal literal) {
            return literal.value();
        }
        return operand instanceof Operand.Parameter parameter ? parameters.get(parameter.index()) : Parameters.OPAQUE;
    }
}
