package dev.staleless.sql.analysis;

import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.TypeName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds clocks in disguise: PostgreSQL reads the strings now, today, tomorrow and yesterday as a date or time whenever a date
 * or time is expected. A string that is compared with a column of another type, or is a pattern, is none.
 */
final class ClockCheck {

    private static final Pattern CLOCK =
            Pattern.compile("(?<![a-z])(now|today|tomorrow|yesterday)(?![a-z])", Pattern.CASE_INSENSITIVE);

    private static final Set<ColumnType.Kind> TIMES = EnumSet.of(
            ColumnType.Kind.DATE, ColumnType.Kind.TIME, ColumnType.Kind.TIMESTAMP, ColumnType.Kind.TIMESTAMP_TZ);

    private static final Set<String> TIMELESS = Set.of(
            "text",
            "varchar",
            "character varying",
            "char",
            "character",
            "bpchar",
            "smallint",
            "int",
            "integer",
            "bigint",
            "int2",
            "int4",
            "int8",
            "numeric",
            "decimal",
            "boolean",
            "bool",
            "uuid");

    private static final Set<String> TIME_FUNCTIONS = Set.of(
            "date_trunc",
            "date_bin",
            "to_timestamp",
            "to_date",
            "make_date",
            "make_time",
            "make_timestamp",
            "make_timestamptz");

    /**
     * Functions that take texts and, beside them, numbers: what stands there undecided is read as text. The other types that
     * some of them take are bytes, bits and ranges. A function of the same name that somebody added makes a statement
     * uncacheable as it is.
     */
    private static final Set<String> OF_TEXTS = Set.of(
            "ascii",
            "btrim",
            "char_length",
            "character_length",
            "concat",
            "concat_ws",
            "initcap",
            "left",
            "length",
            "lower",
            "lpad",
            "ltrim",
            "md5",
            "octet_length",
            "overlay",
            "position",
            "repeat",
            "replace",
            "reverse",
            "right",
            "rpad",
            "rtrim",
            "split_part",
            "starts_with",
            "strpos",
            "substr",
            "substring",
            "translate",
            "trim",
            "upper");

    /** Constants, by identity, that are surely not read as a date or time. */
    private final Set<Expr> harmless = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Integer> parameters = new HashSet<>();

    /** Zero-based indexes of the parameters that may be read as a date or time. */
    Set<Integer> parameters() {
        return parameters;
    }

    /**
     * To be called for a node before its children.
     *
     * @return why it is a clock; null if it is none
     */
    @Nullable
    String inspect(Expr expr, Scope scope) {
        if (expr instanceof Expr.Binary binary && isComparison(binary.operator())) {
            compared(scope, binary.left(), binary.right());
        } else if (expr instanceof Expr.IsDistinct distinct) {
            compared(scope, distinct.left(), distinct.right());
        } else if (expr instanceof Expr.Between between) {
            compared(scope, between.operand(), between.low(), between.high());
        } else if (expr instanceof Expr.InList in) {
            compared(scope, in.operand(), in.elements().toArray(Expr[]::new));
        } else if (expr instanceof Expr.QuantifiedArray quantified) {
            quantified(quantified, scope);
        } else if (expr instanceof Expr.Like like) {
            text(like.operand());
            text(like.pattern());
        } else if (expr instanceof Expr.Is is) {
            // whether it is there, or true, is not a question of time
            harmless.add(is.operand());
        } else if (expr instanceof Expr.Call call && isOfTexts(call)) {
            call.arguments().forEach(argument -> text(argument.value()));
        } else if (expr instanceof Expr.KeywordCall call && isOfTexts(call)) {
            call.arguments().forEach(this::text);
        } else if (expr instanceof Expr.Parameter parameter && !harmless.contains(expr)) {
            parameters.add(parameter.number() - 1);
        } else if (expr instanceof Expr.Literal literal && !harmless.contains(expr)) {
            return clock(literal);
        } else if (expr instanceof Expr.Cast cast && isTime(cast.type()) && !isSure(cast.operand(), scope)) {
            return "a text that may be a clock is cast to " + cast.type().name();
        } else if (expr instanceof Expr.TypedLiteral literal) {
            return clock(literal.text());
        }
        return null;
    }

    /** LIMIT and OFFSET are numbers. */
    void harmless(Expr expr) {
        harmless.add(expr);
    }

    private static boolean isTime(TypeName type) {
        String written = type.name();
        String name = written.startsWith("pg_catalog.") ? written.substring("pg_catalog.".length()) : written;
        return name.startsWith("date") || name.startsWith("time") || name.startsWith("ts");
    }

    /** Whether an expression that is cast to a date or time is none yet, or a text that is looked at here. */
    private static boolean isSure(Expr operand, Scope scope) {
        if (operand instanceof Expr.Column column) {
            Scope.Resolved resolved = scope.resolve(column);
            return resolved != null && TIMES.contains(resolved.column().type().kind());
        }
        if (operand instanceof Expr.Call call) {
            return TIME_FUNCTIONS.contains(
                    call.name().get(call.name().size() - 1).text());
        }
        if (operand instanceof Expr.Binary binary) {
            return binary.operator().equals("+") || binary.operator().equals("-");
        }
        if (operand instanceof Expr.Cast cast) {
            return isTime(cast.type()) || isSure(cast.operand(), scope);
        }
        return operand instanceof Expr.Literal
                || operand instanceof Expr.TypedLiteral
                || operand instanceof Expr.Parameter
                || operand instanceof Expr.AtTimeZone;
    }

    private static boolean isComparison(String operator) {
        return switch (operator) {
            case "=", "<>", "<", ">", "<=", ">=" -> true;
            default -> false;
        };
    }

    private void compared(Scope scope, Expr first, Expr... others) {
        boolean timeless = isTimeless(first, scope);
        for (Expr other : others) {
            if (timeless) {
                text(other);
            }
            if (others.length == 1 && isTimeless(other, scope)) {
                text(first);
            }
        }
    }

    private static boolean isOfTexts(Expr.Call call) {
        return call.name().size() == 1 && OF_TEXTS.contains(call.name().get(0).text());
    }

    private static boolean isOfTexts(Expr.KeywordCall call) {
        return OF_TEXTS.contains(call.name().toLowerCase(Locale.ROOT));
    }

    /**
     * An expression that stands where there can be no date or time: what it is put together of is none either. It ends at a
     * cast to one, which is looked at for itself.
     */
    private void text(Expr expr) {
        if (expr instanceof Expr.Literal || expr instanceof Expr.Parameter) {
            harmless.add(expr);
        } else if (expr instanceof Expr.Binary binary && binary.operator().equals("||")) {
            text(binary.left());
            text(binary.right());
        } else if (expr instanceof Expr.Cast cast && !isTime(cast.type())) {
            text(cast.operand());
        } else if (expr instanceof Expr.Collate collate) {
            text(collate.operand());
        }
    }

    /** An array is compared with its elements, and may be cast. */
    private void quantified(Expr.QuantifiedArray quantified, Scope scope) {
        Expr array = quantified.array() instanceof Expr.Cast cast && !isTime(cast.type())
                ? cast.operand()
                : quantified.array();
        if (array instanceof Expr.ArrayElements elements) {
            compared(scope, quantified.operand(), elements.elements().toArray(Expr[]::new));
        } else if (array instanceof Expr.Parameter) {
            compared(scope, quantified.operand(), array);
        }
    }

    /** Whether an expression is of a type with which no date or time is compared. */
    private static boolean isTimeless(Expr expr, Scope scope) {
        if (expr instanceof Expr.Column column) {
            return isTimeless(column, scope);
        } else if (expr instanceof Expr.Call call) {
            // lower and upper of a range are its bounds
            return isOfTexts(call)
                    && !call.arguments().isEmpty()
                    && isTimeless(call.arguments().get(0).value(), scope);
        } else if (expr instanceof Expr.KeywordCall call) {
            return isOfTexts(call) && call.arguments().stream().anyMatch(argument -> isTimeless(argument, scope));
        } else if (expr instanceof Expr.Binary binary) {
            return binary.operator().equals("||")
                    && (isTimeless(binary.left(), scope) || isTimeless(binary.right(), scope));
        } else if (expr instanceof Expr.Cast cast) {
            return TIMELESS.contains(cast.type().name());
        }
        return expr instanceof Expr.Collate;
    }

    private static boolean isTimeless(Expr.Column column, Scope scope) {
        Scope.Resolved resolved = scope.resolve(column);
        if (resolved == null) {
            return false;
        }
        return switch (resolved.column().type().kind()) {
            case BOOLEAN, INTEGER, DECIMAL, FLOAT, TEXT, FIXED_TEXT, BYTES, UUID -> true;
            default -> false;
        };
    }

    private static @Nullable String clock(Expr.Literal literal) {
        return switch (literal.kind()) {
            case STRING -> clock(literal.text());
            // a bit string, or a text that was not decoded
            case OPAQUE -> "bBxX".indexOf(literal.text().charAt(0)) < 0 ? literal.text() + " is not decoded" : null;
            default -> null;
        };
    }

    private static @Nullable String clock(String text) {
        return CLOCK.matcher(text).find() ? "'" + text + "' may be a clock" : null;
    }
}
