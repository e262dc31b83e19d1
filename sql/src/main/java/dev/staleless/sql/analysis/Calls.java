package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Function;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Translates calls of PostgreSQL's functions and operators. That the names mean PostgreSQL's functions is checked elsewhere ({@link
 * ExpressionCheck}).
 */
final class Calls {

    /** A function and how many arguments it takes. */
    private record Form(Function function, int min, int max) {}

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("abs", new Form(Function.ABS, 1, 1)),
            Map.entry("floor", new Form(Function.FLOOR, 1, 1)),
            Map.entry("ceil", new Form(Function.CEILING, 1, 1)),
            Map.entry("ceiling", new Form(Function.CEILING, 1, 1)),
            Map.entry("round", new Form(Function.ROUND, 1, 2)),
            Map.entry("trunc", new Form(Function.TRUNCATE, 1, 2)),
            Map.entry("mod", new Form(Function.MODULO, 2, 2)),
            Map.entry("length", new Form(Function.LENGTH, 1, 1)),
            Map.entry("char_length", new Form(Function.LENGTH, 1, 1)),
            Map.entry("character_length", new Form(Function.LENGTH, 1, 1)),
            Map.entry("left", new Form(Function.LEFT, 2, 2)),
            Map.entry("right", new Form(Function.RIGHT, 2, 2)),
            Map.entry("substr", new Form(Function.SUBSTRING, 2, 3)),
            Map.entry("substring", new Form(Function.SUBSTRING, 2, 3)),
            Map.entry("btrim", new Form(Function.TRIM, 1, 2)),
            Map.entry("ltrim", new Form(Function.TRIM_START, 1, 2)),
            Map.entry("rtrim", new Form(Function.TRIM_END, 1, 2)),
            Map.entry("replace", new Form(Function.REPLACE, 3, 3)),
            Map.entry("reverse", new Form(Function.REVERSE, 1, 1)),
            Map.entry("repeat", new Form(Function.REPEAT, 2, 2)),
            Map.entry("lpad", new Form(Function.PAD_START, 2, 3)),
            Map.entry("rpad", new Form(Function.PAD_END, 2, 3)),
            Map.entry("split_part", new Form(Function.SPLIT_PART, 3, 3)),
            Map.entry("strpos", new Form(Function.POSITION, 2, 2)),
            Map.entry("starts_with", new Form(Function.STARTS_WITH, 2, 2)),
            Map.entry("concat", new Form(Function.CONCAT, 1, Integer.MAX_VALUE)),
            Map.entry("date_part", new Form(Function.DATE_PART, 2, 2)),
            Map.entry("date_trunc", new Form(Function.DATE_TRUNCATE, 2, 2)),
            Map.entry("greatest", new Form(Function.GREATEST, 1, Integer.MAX_VALUE)),
            Map.entry("least", new Form(Function.LEAST, 1, Integer.MAX_VALUE)));

    /** These mean the same in every dialect. */
    private static final Map<String, Form> STANDARD = Map.of(
            "coalesce", new Form(Function.COALESCE, 1, Integer.MAX_VALUE),
            "nullif", new Form(Function.NULLIF, 2, 2));

    private static final Map<String, Function> OPERATORS = Map.of(
            "+", Function.ADD,
            "-", Function.SUBTRACT,
            "*", Function.MULTIPLY,
            "/", Function.DIVIDE,
            "%", Function.MODULO,
            "||", Function.CONCATENATE,
            "^@", Function.STARTS_WITH);

    private Calls() {}

    static Operand of(Expr.Call call, Scope scope) {
        if (!isPlain(call)) {
            return Operand.UNKNOWN;
        }
        String name = call.name().get(call.name().size() - 1).text();
        List<Expr> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(argument.value()));
        if (name.equals("lower") || name.equals("upper")) {
            return arguments.size() == 1 ? mapped(name, Operands.of(arguments.get(0), scope)) : Operand.UNKNOWN;
        }
        Form form = STANDARD.get(name);
        if (form == null && scope.isPostgres()) {
            form = FORMS.get(name);
        }
        if (form == null || arguments.size() < form.min() || arguments.size() > form.max()) {
            return Operand.UNKNOWN;
        }
        return computed(form.function(), arguments, scope);
    }

    private static Operand mapped(String name, Operand argument) {
        if (argument instanceof Operand.Column column
                && column.type().kind() != ColumnType.Kind.TEXT
                && column.type().kind() != ColumnType.Kind.FIXED_TEXT) {
            return Operand.UNKNOWN; // the bound of a range
        }
        if (argument == Operand.UNKNOWN) {
            return argument;
        }
        return name.equals("lower") ? new Operand.Lower(argument) : new Operand.Upper(argument);
    }

    private static boolean isPlain(Expr.Call call) {
        return !call.distinct()
                && !call.star()
                && call.orderBy().isEmpty()
                && call.withinGroup().isEmpty()
                && call.filter() == null
                && call.over() == null
                && call.arguments().stream().noneMatch(argument -> argument.variadic() || argument.name() != null);
    }

    private static Operand computed(Function function, List<Expr> arguments, Scope scope) {
        List<Operand> operands = new ArrayList<>();
        arguments.forEach(argument -> operands.add(Operands.of(argument, scope)));
        // of an unknown value, what is computed is unknown, unless another takes its place
        boolean alternatives = function == Function.COALESCE
                || function == Function.GREATEST
                || function == Function.LEAST
                || function == Function.CONCAT;
        Predicate<Operand> unknown = Operand.UNKNOWN::equals;
        boolean nothing = alternatives
                ? operands.stream().allMatch(unknown)
                : operands.stream().anyMatch(unknown);
        return nothing ? Operand.UNKNOWN : new Operand.Computed(function, operands);
    }

    static Operand of(Expr.Binary binary, Scope scope) {
        Function function = scope.isPostgres() ? OPERATORS.get(binary.operator()) : null;
        return function == null ? Operand.UNKNOWN : computed(function, List.of(binary.left(), binary.right()), scope);
    }

    static Operand of(Expr.Unary unary, Scope scope) {
        boolean minus = unary.operator().equals("-") && scope.isPostgres();
        return minus ? computed(Function.NEGATE, List.of(unary.operand()), scope) : Operand.UNKNOWN;
    }

    // ---- functions with words among their arguments

    static Operand of(Expr.KeywordCall call, Scope scope) {
        if (!scope.isPostgres()) {
            return Operand.UNKNOWN;
        }
        return switch (call.name()) {
            case "extract" -> extract(call, scope);
            case "trim" -> trim(call, scope);
            case "position" ->
                computed(
                        Function.POSITION,
                        List.of(call.arguments().get(1), call.arguments().get(0)),
                        scope);
            case "substring" -> substring(call, scope);
            default -> Operand.UNKNOWN;
        };
    }

    private static Operand extract(Expr.KeywordCall call, Scope scope) {
        String words = call.words().get(0);
        String field = words.substring(0, words.length() - " from".length());
        Operand of = Operands.of(call.arguments().get(0), scope);
        return of == Operand.UNKNOWN
                ? of
                : new Operand.Computed(Function.EXTRACT, List.of(new Operand.Literal(field, true), of));
    }

    /** {@code TRIM([BOTH | LEADING | TRAILING] [characters] FROM text)}, or with the characters behind a comma. */
    private static Operand trim(Expr.KeywordCall call, Scope scope) {
        List<String> words = call.words();
        Function function = words.get(0).startsWith("leading")
                ? Function.TRIM_START
                : words.get(0).startsWith("trailing") ? Function.TRIM_END : Function.TRIM;
        List<Expr> arguments = call.arguments();
        if (arguments.size() > 2) {
            return Operand.UNKNOWN;
        }
        boolean charactersFirst = arguments.size() == 2 && words.get(1).equals("from");
        return computed(function, charactersFirst ? List.of(arguments.get(1), arguments.get(0)) : arguments, scope);
    }

    private static Operand substring(Expr.KeywordCall call, Scope scope) {
        List<String> words = call.words();
        List<Expr> arguments = call.arguments();
        String order = String.join(" ", words).strip().replaceAll("\\s+", " ");
        return switch (order) {
            case "from", ",", "from for", ", ," -> computed(Function.SUBSTRING, arguments, scope);
            case "for" ->
                computed(
                        Function.SUBSTRING,
                        List.of(arguments.get(0), new Expr.Literal(Expr.LiteralKind.NUMBER, "1"), arguments.get(1)),
                        scope);
            case "for from" ->
                computed(Function.SUBSTRING, List.of(arguments.get(0), arguments.get(2), arguments.get(1)), scope);
            default -> Operand.UNKNOWN;
        };
    }
}
