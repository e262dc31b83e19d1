package dev.staleless.core.expression;

import dev.staleless.core.condition.Function;
import dev.staleless.core.value.Parameters;
import java.util.List;

/**
 * The value that a function surely has for arguments that are not NULL.
 *
 * <p>{@link Parameters#OPAQUE} is the answer wherever the database may raise an error, go by its locale, time zone or encoding,
 * or compute something that depends on how a value was written and not on the value alone.
 */
public final class Functions {

    private Functions() {}

    /**
     * Computes.
     *
     * @param arguments in canonical form, none NULL; they may be of classes that the function does not take
     * @return in canonical form, before any limit of the result's type; never null
     */
    public static Object apply(Function function, List<?> arguments) {
        try {
            return switch (function) {
                case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> Arithmetic.binary(function, arguments);
                case NEGATE, ABS, FLOOR, CEILING, ROUND, TRUNCATE -> Arithmetic.unary(function, arguments);
                case CONCATENATE,
                        LENGTH,
                        LEFT,
                        RIGHT,
                        SUBSTRING,
                        TRIM,
                        TRIM_START,
                        TRIM_END,
                        REPLACE,
                        REVERSE,
                        REPEAT,
                        PAD_START,
                        PAD_END,
                        SPLIT_PART,
                        POSITION,
                        STARTS_WITH -> TextFunctions.apply(function, arguments);
                case EXTRACT, DATE_PART, DATE_TRUNCATE -> TimeFunctions.apply(function, arguments);
                case CONCAT, COALESCE, NULLIF, GREATEST, LEAST ->
                    throw new IllegalArgumentException(function + " depends on more than values that are not NULL");
            };
        } catch (ArithmeticException | java.time.DateTimeException e) {
            return Parameters.OPAQUE; // out of range: an error of the database
        }
    }
}
