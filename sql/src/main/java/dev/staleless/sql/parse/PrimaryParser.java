package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Expr.LiteralKind;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operands of expressions: constants, columns, calls and everything in parentheses. */
final class PrimaryParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    PrimaryParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /**
     * What stands in parentheses: a query, or one or more expressions.
     *
     * @param query null for expressions
     */
    record Parenthesis(@Nullable Query query, List<Expr> elements) {}

    Expr primary() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NUMBER -> literal(LiteralKind.NUMBER);
            case STRING -> literal(LiteralKind.STRING);
            case OPAQUE_STRING, BIT_STRING -> literal(LiteralKind.OPAQUE);
            case PARAMETER -> indirection(new Expr.Parameter(cursor.next().parameter()));
            case SYMBOL -> parenthesised();
            case WORD -> word(token);
            case QUOTED_NAME -> named();
            default -> throw cursor.error("expected an expression");
        };
    }

    private Expr literal(LiteralKind kind) {
        return new Expr.Literal(kind, cursor.next().value());
    }

    // ---- parentheses

    /** {@code (e)}, {@code (a, b)} or {@code (SELECT ..)}. */
    Expr parenthesised() {
        Parenthesis inner = parenthesis();
        if (inner.query() != null) {
            return indirection(new Expr.Scalar(inner.query()));
        }
        if (inner.elements().size() == 1) {
            return indirection(inner.elements().get(0));
        }
        Expr.Row row = new Expr.Row(inner.elements());
        return overlaps(indirection(row));
    }

    /**
     * Reads a parenthesis without trying it both as a query and as an expression, which would take exponential time for
     * nested ones: behind several {@code (} the innermost is read first, and what follows it decides.
     */
    Parenthesis parenthesis() {
        cursor.enter();
        cursor.expectSymbol("(");
        Parenthesis inner = parenthesisContent();
        cursor.expectSymbol(")");
        cursor.leave();
        return inner;
    }

    private Parenthesis parenthesisContent() {
        if (grammar.queries().startsQuery()) {
            return new Parenthesis(grammar.queries().query(), List.of());
        }
        if (!cursor.isSymbol("(")) {
            return new Parenthesis(null, grammar.expressions().list());
        }
        Expr first = parenthesised();
        if (first instanceof Expr.Scalar scalar) {
            if (cursor.isSymbol(")")) {
                return new Parenthesis(scalar.query(), List.of());
            }
            if (grammar.queries().continuesQuery()) {
                return new Parenthesis(grammar.queries().continueWith(scalar.query()), List.of());
            }
        }
        List<Expr> elements = new ArrayList<>();
        elements.add(grammar.expressions().continueWith(first));
        while (cursor.acceptSymbol(",")) {
            elements.add(grammar.expressions().expression());
        }
        return new Parenthesis(null, elements);
    }

    private Expr overlaps(Expr left) {
        if (!(left instanceof Expr.Row) || !cursor.accept("overlaps")) {
            return left;
        }
        Expr right = cursor.isWord("row") ? row() : parenthesised();
        return new Expr.Binary("overlaps", left, right);
    }

    // ---- words

    private Expr word(Token token) {
        switch (token.word()) {
            case "null":
                return literal(LiteralKind.NULL);
            case "true":
                return literal(LiteralKind.TRUE);
            case "false":
                return literal(LiteralKind.FALSE);
            case "default":
                cursor.next();
                return new Expr.Default();
            case "case":
                return caseExpression();
            case "array":
                return array();
            case "exists":
                return exists();
            case "interval":
                if (grammar.isMariaDb() && !cursor.peek(1).isSymbol("(")) {
                    return interval();
                }
                break;
            case "binary":
                if (grammar.isMariaDb() && !cursor.peek(1).isSymbol("(")) {
                    cursor.next();
                    return new Expr.Unary("binary", primary());
                }
                break;
            case "row":
                if (cursor.peek(1).isSymbol("(")) {
                    return overlaps(row());
                }
                break;
            default:
                break;
        }
        Expr special = grammar.functions().special();
        if (special != null) {
            return special;
        }
        if (grammar.types().startsConstant()) {
            return typedLiteral();
        }
        return named();
    }

    /** {@code INTERVAL 1 DAY}, in MariaDB. */
    private Expr interval() {
        cursor.next();
        Expr amount = grammar.expressions().expression();
        String unit = grammar.names().label().text();
        return new Expr.KeywordCall("interval", List.of("", unit), List.of(amount));
    }

    private Expr exists() {
        cursor.next();
        Query query = parenthesis().query();
        if (query == null) {
            throw cursor.error("expected a query");
        }
        return new Expr.Exists(query);
    }

    private Expr row() {
        cursor.expect("row");
        cursor.expectSymbol("(");
        List<Expr> fields =
                cursor.isSymbol(")") ? List.of() : grammar.expressions().list();
        cursor.expectSymbol(")");
        return new Expr.Row(fields);
    }

    private Expr caseExpression() {
        cursor.expect("case");
        Expr operand = cursor.isWord("when") ? null : grammar.expressions().expression();
        List<Expr.When> whens = new ArrayList<>();
        do {
            cursor.expect("when");
            Expr condition = grammar.expressions().expression();
            cursor.expect("then");
            whens.add(new Expr.When(condition, grammar.expressions().expression()));
        } while (cursor.isWord("when"));
        Expr otherwise = cursor.accept("else") ? grammar.expressions().expression() : null;
        cursor.expect("end");
        return new Expr.Case(operand, whens, otherwise);
    }

    private Expr array() {
        cursor.expect("array");
        if (cursor.isSymbol("[")) {
            return arrayElements(false);
        }
        Query query = parenthesis().query();
        if (query == null) {
            throw cursor.error("expected a query");
        }
        return new Expr.ArrayQuery(query);
    }

    private Expr arrayElements(boolean nested) {
        cursor.enter();
        cursor.expectSymbol("[");
        List<Expr> elements = new ArrayList<>();
        if (!cursor.isSymbol("]")) {
            do {
                elements.add(
                        cursor.isSymbol("[")
                                ? arrayElements(true)
                                : grammar.expressions().expression());
            } while (cursor.acceptSymbol(","));
        }
        cursor.expectSymbol("]");
        cursor.leave();
        return new Expr.ArrayElements(elements, nested);
    }

    private Expr typedLiteral() {
        TypeName type = grammar.types().simple();
        if (cursor.peek().kind() != TokenKind.STRING) {
            throw cursor.error("expected a string");
        }
        String text = cursor.next().value();
        String suffix = type.name().equals("interval") ? grammar.types().intervalFields() : "";
        return new Expr.TypedLiteral(type, text, suffix);
    }

    // ---- names

    /** A column, a call, or a constant of a type that is no keyword. */
    private Expr named() {
        Token first = cursor.peek();
        int length = 1;
        while (cursor.peek(length).isSymbol(".") && cursor.peek(length + 1).isName()) {
            length += 2;
        }
        Token behind = cursor.peek(length);
        boolean word = first.kind() == TokenKind.WORD;
        if (behind.isSymbol("(") && (length > 1 || !word || Keywords.isFunctionName(first.word()))) {
            return grammar.functions().call();
        }
        if (behind.kind() == TokenKind.STRING && (!word || Keywords.isFunctionName(first.word()))) {
            return typedLiteral();
        }
        List<Name> parts = new ArrayList<>();
        parts.add(grammar.names().column());
        while (cursor.isSymbol(".") && cursor.peek(1).isName()) {
            cursor.next();
            parts.add(grammar.names().label());
        }
        if (cursor.isSymbol(".") && cursor.peek(1).isOperator("*")) {
            cursor.next();
            cursor.next();
            return new Expr.Star(parts);
        }
        return indirection(new Expr.Column(parts));
    }

    /** Subscripts and fields behind an operand. */
    private Expr indirection(Expr operand) {
        Expr expr = operand;
        while (true) {
            if (cursor.acceptSymbol("[")) {
                expr = subscript(expr);
            } else if (cursor.isSymbol(".") && cursor.peek(1).isOperator("*")) {
                cursor.next();
                cursor.next();
                expr = new Expr.FieldStar(expr);
            } else if (cursor.acceptSymbol(".")) {
                expr = new Expr.Field(expr, grammar.names().label());
            } else {
                return expr;
            }
        }
    }

    private Expr subscript(Expr operand) {
        Expr lower = cursor.isSymbol(":") ? null : grammar.expressions().expression();
        if (!cursor.acceptSymbol(":")) {
            cursor.expectSymbol("]");
            return new Expr.Subscript(operand, lower, null, false);
        }
        Expr upper = cursor.isSymbol("]") ? null : grammar.expressions().expression();
        cursor.expectSymbol("]");
        return new Expr.Subscript(operand, lower, upper, true);
    }
}
