package dev.staleless.core.decision;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.condition.Operand;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL's conditions over concrete rows, written down as plainly as possible: one row per occurrence, nothing unknown. */
final class Reference {

    private final List<Map<String, @Nullable Object>> rows;

    Reference(List<Map<String, @Nullable Object>> rows) {
        this.rows = rows;
    }

    Truth truth(Condition condition) {
        if (condition instanceof Condition.And and) {
            Truth result = Truth.TRUE;
            for (Condition part : and.parts()) {
                result = and(result, truth(part));
            }
            return result;
        } else if (condition instanceof Condition.Or or) {
            Truth result = Truth.FALSE;
            for (Condition part : or.parts()) {
                result = not(and(not(result), not(truth(part))));
            }
            return result;
        } else if (condition instanceof Condition.Not not) {
            return not(truth(not.of()));
        } else if (condition instanceof Condition.Is is) {
            return of(truth(is.of()) == is.truth());
        } else if (condition instanceof Condition.Constant constant) {
            return constant.truth();
        }
        return predicate(condition);
    }

    private Truth predicate(Condition condition) {
        if (condition instanceof Condition.Comparison c) {
            return compared(c.operator(), value(c.left()), value(c.right()));
        } else if (condition instanceof Condition.In in) {
            Truth result = Truth.FALSE;
            for (Operand element : in.values()) {
                Truth equal = compared(Condition.Operator.EQUAL, value(in.operand()), value(element));
                result = not(and(not(result), not(equal)));
            }
            return result;
        } else if (condition instanceof Condition.IsNull isNull) {
            return of(value(isNull.operand()) == null);
        } else if (condition instanceof Condition.IsDistinct d) {
            Object left = value(d.left());
            Object right = value(d.right());
            return left == null || right == null
                    ? of(left != right)
                    : not(compared(Condition.Operator.EQUAL, left, right));
        } else if (condition instanceof Condition.Holds holds) {
            Object value = value(holds.operand());
            return value == null ? Truth.UNKNOWN : of((Boolean) value);
        } else if (condition instanceof Condition.Like like) {
            return like(like);
        }
        throw new IllegalArgumentException(condition.toString());
    }

    private Truth like(Condition.Like like) {
        Object value = value(like.operand());
        Object pattern = value(like.pattern());
        if (value == null || pattern == null) {
            return Truth.UNKNOWN;
        }
        String text = like.ignoreCase() ? lower(value) : (String) value;
        String wanted = like.ignoreCase() ? lower(pattern) : (String) pattern;
        return of(like(text.codePoints().toArray(), 0, wanted.codePoints().toArray(), 0));
    }

    private static boolean like(int[] text, int at, int[] pattern, int from) {
        if (from == pattern.length) {
            return at == text.length;
        }
        if (pattern[from] == '%') {
            return like(text, at, pattern, from + 1) || (at < text.length && like(text, at + 1, pattern, from));
        }
        boolean escaped = pattern[from] == '\\';
        int literal = escaped ? from + 1 : from;
        return at < text.length
                && ((!escaped && pattern[from] == '_') || text[at] == pattern[literal])
                && like(text, at + 1, pattern, literal + 1);
    }

    @Nullable
    Object value(Operand operand) {
        if (operand instanceof Operand.Column column) {
            return rows.get(column.use()).get(column.column());
        } else if (operand instanceof Operand.Literal literal) {
            return literal.value();
        } else if (operand instanceof Operand.Lower of) {
            Object value = value(of.of());
            return value == null ? null : lower(value);
        }
        throw new IllegalArgumentException(operand.toString());
    }

    private static String lower(Object value) {
        return ((String) value).toLowerCase(Locale.ROOT);
    }

    private static Truth compared(Condition.Operator operator, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Truth.UNKNOWN;
        }
        int order = order(left, right);
        return of(
                switch (operator) {
                    case EQUAL -> order == 0;
                    case NOT_EQUAL -> order != 0;
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                });
    }

    private static int order(Object left, Object right) {
        if (left instanceof String l) {
            return java.util.Arrays.compare(
                    l.codePoints().toArray(), ((String) right).codePoints().toArray());
        } else if (left instanceof Boolean l) {
            return Boolean.compare(l, (Boolean) right);
        }
        return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
    }

    private static Truth of(boolean value) {
        return value ? Truth.TRUE : Truth.FALSE;
    }

    private static Truth not(Truth truth) {
        return truth == Truth.UNKNOWN ? truth : of(truth == Truth.FALSE);
    }

    private static Truth and(Truth left, Truth right) {
        if (left == Truth.FALSE || right == Truth.FALSE) {
            return Truth.FALSE;
        }
        return left == Truth.TRUE && right == Truth.TRUE ? Truth.TRUE : Truth.UNKNOWN;
    }
}
