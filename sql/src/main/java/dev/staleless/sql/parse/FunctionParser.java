package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.OrderItem;
import dev.staleless.sql.tree.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Function calls, with PostgreSQL's special forms of some of them. */
final class FunctionParser {

    private static final Set<String> VALUES = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_role",
            "current_user",
            "session_user",
            "system_user",
            "user",
            "current_catalog",
            "current_schema");

    /** Keywords that are called like any function. */
    private static final Set<String> KEYWORD_FUNCTIONS = Set.of("coalesce", "greatest", "least", "nullif", "grouping");

    private final Grammar grammar;
    private final TokenCursor cursor;

    FunctionParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /** A call that a keyword begins, or null. */
    @Nullable
    Expr special() {
        String word = cursor.peek().word();
        boolean called = cursor.peek(1).isSymbol("(");
        if (VALUES.contains(word) && !(word.equals("current_schema") && called)) {
            return keywordValue();
        }
        if (!called) {
            return null;
        }
        if (KEYWORD_FUNCTIONS.contains(word) || word.startsWith("json_") && !Keywords.isFunctionName(word)) {
            return keywordFunction();
        }
        return switch (word) {
            case "cast" -> cast();
            case "extract" -> extract();
            case "substring" -> substring();
            case "trim" -> trim();
            case "position" -> position();
            case "overlay" -> overlay();
            case "normalize" -> normalize();
            default -> null;
        };
    }

    private Expr keywordValue() {
        String name = cursor.next().word();
        if (!cursor.isSymbol("(")) {
            return new Expr.KeywordValue(name, null);
        }
        cursor.next();
        Token precision = cursor.next();
        if (precision.kind() != TokenKind.NUMBER) {
            throw cursor.error("expected a precision");
        }
        cursor.expectSymbol(")");
        return new Expr.KeywordValue(name, precision.value());
    }

    private Expr keywordFunction() {
        Name name = NameParser.keyword(cursor.next());
        cursor.expectSymbol("(");
        List<Expr.Argument> arguments = new ArrayList<>();
        if (!cursor.isSymbol(")")) {
            for (Expr value : grammar.expressions().list()) {
                arguments.add(new Expr.Argument(null, false, value));
            }
        }
        cursor.expectSymbol(")");
        return new Expr.Call(List.of(name), arguments, false, false, List.of(), List.of(), null, null);
    }

    // ---- forms with words between the arguments

    private Expr cast() {
        open();
        Expr operand = grammar.expressions().expression();
        cursor.expect("as");
        Expr cast = new Expr.Cast(operand, grammar.types().type());
        cursor.expectSymbol(")");
        return cast;
    }

    private Expr extract() {
        open();
        Token field = cursor.next();
        if (field.kind() != TokenKind.WORD && field.kind() != TokenKind.STRING) {
            throw cursor.error("expected a field");
        }
        cursor.expect("from");
        return close(new KeywordArguments(
                        "extract", (field.kind() == TokenKind.WORD ? field.word() : field.value()) + " from")
                .add(grammar.expressions().expression()));
    }

    private Expr substring() {
        open();
        KeywordArguments call =
                new KeywordArguments("substring", "").add(grammar.expressions().expression());
        if (cursor.accept("similar")) {
            call.word("similar").add(grammar.expressions().expression());
            cursor.expect("escape");
            return close(call.word("escape").add(grammar.expressions().expression()));
        }
        boolean more = true;
        while (more) {
            if (cursor.isSymbol(",") || cursor.isWord("from") || cursor.isWord("for")) {
                call.word(separator(cursor.next())).add(grammar.expressions().expression());
            } else {
                more = false;
            }
        }
        return close(call);
    }

    /** A comma or a keyword. */
    private static String separator(Token token) {
        return token.kind() == TokenKind.WORD ? token.word() : token.value();
    }

    private Expr trim() {
        open();
        String where = "";
        if (cursor.isWord("both") || cursor.isWord("leading") || cursor.isWord("trailing")) {
            where = cursor.next().word();
        }
        KeywordArguments call;
        if (cursor.accept("from")) {
            call = new KeywordArguments("trim", (where + " from").strip())
                    .add(grammar.expressions().expression());
        } else {
            call = new KeywordArguments("trim", where).add(grammar.expressions().expression());
            if (cursor.accept("from")) {
                call.word("from").add(grammar.expressions().expression());
            }
        }
        while (cursor.acceptSymbol(",")) {
            call.word(",").add(grammar.expressions().expression());
        }
        return close(call);
    }

    private Expr position() {
        open();
        KeywordArguments call =
                new KeywordArguments("position", "").add(grammar.expressions().restricted());
        cursor.expect("in");
        return close(call.word("in").add(grammar.expressions().restricted()));
    }

    private Expr overlay() {
        open();
        KeywordArguments call =
                new KeywordArguments("overlay", "").add(grammar.expressions().expression());
        while (cursor.isSymbol(",") || cursor.isWord("placing") || cursor.isWord("from") || cursor.isWord("for")) {
            call.word(separator(cursor.next())).add(grammar.expressions().expression());
        }
        return close(call);
    }

    private Expr normalize() {
        open();
        KeywordArguments call =
                new KeywordArguments("normalize", "").add(grammar.expressions().expression());
        if (cursor.acceptSymbol(",")) {
            call.last = ", " + cursor.expectOneOf("nfc", "nfd", "nfkc", "nfkd");
        }
        return close(call);
    }

    private void open() {
        cursor.next();
        cursor.expectSymbol("(");
    }

    private Expr close(KeywordArguments call) {
        cursor.expectSymbol(")");
        return call.build();
    }

    /** Collects words and arguments in turn. */
    private static final class KeywordArguments {

        private final String name;
        private final List<String> words = new ArrayList<>();
        private final List<Expr> arguments = new ArrayList<>();
        private String last = "";

        KeywordArguments(String name, String before) {
            this.name = name;
            words.add(before);
        }

        KeywordArguments word(String word) {
            words.add(word);
            return this;
        }

        KeywordArguments add(Expr argument) {
            arguments.add(argument);
            return this;
        }

        Expr build() {
            words.add(last);
            return new Expr.KeywordCall(name, words, arguments);
        }
    }

    // ---- ordinary calls

    /** {@code s.f(..)} with everything that may stand in and behind the parentheses. */
    Expr call() {
        List<Name> name = new ArrayList<>();
        name.add(grammar.names().keyword());
        while (cursor.acceptSymbol(".")) {
            name.add(grammar.names().keyword());
        }
        cursor.expectSymbol("(");
        boolean distinct = cursor.accept("distinct");
        if (!distinct) {
            cursor.accept("all");
        }
        boolean star =
                !distinct && cursor.peek().isOperator("*") && cursor.peek(1).isSymbol(")");
        if (star) {
            cursor.next();
        }
        List<Expr.Argument> arguments = star || cursor.isSymbol(")") ? List.of() : arguments();
        List<OrderItem> orderBy = grammar.queries().orderBy();
        cursor.expectSymbol(")");
        List<OrderItem> withinGroup = withinGroup();
        Expr filter = filter();
        Window over = cursor.accept("over") ? over() : null;
        return new Expr.Call(name, arguments, distinct, star, orderBy, withinGroup, filter, over);
    }

    private List<Expr.Argument> arguments() {
        List<Expr.Argument> arguments = new ArrayList<>();
        do {
            boolean variadic = cursor.accept("variadic");
            Token behind = cursor.peek(1);
            Name name = null;
            if (cursor.peek().isName() && (behind.isOperator("=>") || behind.isOperator(":="))) {
                name = grammar.names().label();
                cursor.next();
            }
            arguments.add(
                    new Expr.Argument(name, variadic, grammar.expressions().expression()));
        } while (cursor.acceptSymbol(","));
        return arguments;
    }

    private List<OrderItem> withinGroup() {
        if (!cursor.accept("within", "group")) {
            return List.of();
        }
        cursor.expectSymbol("(");
        List<OrderItem> items = grammar.queries().orderBy();
        cursor.expectSymbol(")");
        return items;
    }

    private @Nullable Expr filter() {
        if (!cursor.isWord("filter") || !cursor.peek(1).isSymbol("(")) {
            return null;
        }
        cursor.next();
        cursor.next();
        cursor.expect("where");
        Expr condition = grammar.expressions().expression();
        cursor.expectSymbol(")");
        return condition;
    }

    private Window over() {
        if (!cursor.isSymbol("(")) {
            return new Window(grammar.names().column(), false, List.of(), List.of(), null);
        }
        return grammar.queries().window();
    }
}
