package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Expressions by operator precedence (Pratt, 1973). The levels and the rules for what cannot be chained are those of
 * PostgreSQL's gram.y; the manual's table 4.1.6 is a shortened form of them. Two modes exist there as well: {@code
 * a_expr} is everything, {@code b_expr} (the lower bound of BETWEEN, POSITION) leaves out AND, NOT, LIKE, IN and the
 * like.
 */
final class ExpressionParser {

    private static final int OR = 10;
    private static final int AND = 20;
    private static final int NOT = 30;
    private static final int IS = 40;
    private static final int COMPARISON = 50;
    private static final int PATTERN = 60;
    private static final int OPERATOR = 70;
    private static final int ADDITION = 80;
    private static final int MULTIPLICATION = 90;
    private static final int POWER = 100;
    private static final int AT = 110;
    private static final int COLLATE = 120;
    private static final int SIGN = 130;
    private static final int CAST = 140;

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", ">", "<=", ">=");
    private static final Set<String> NOT_INFIX = Set.of("=>", ":=");

    private final Grammar grammar;
    private final TokenCursor cursor;

    /** H2 gives comparisons, LIKE, IN, BETWEEN and IS one level, from left to right. Where that matters, it is not understood. */
    private final boolean leftToRight;

    ExpressionParser(Grammar grammar) {
        this.grammar = grammar;
        this.leftToRight = grammar.is(Dialect.H2);
        this.cursor = grammar.cursor();
    }

    Expr expression() {
        return expression(0, false);
    }

    /** A {@code b_expr}. */
    Expr restricted() {
        return expression(0, true);
    }

    /** Goes on with an expression whose first operand has been read already. */
    Expr continueWith(Expr first) {
        return infix(first, 0, false);
    }

    List<Expr> list() {
        List<Expr> list = new ArrayList<>();
        do {
            list.add(expression());
        } while (cursor.acceptSymbol(","));
        return list;
    }

    private Expr expression(int minimum, boolean restricted) {
        cursor.enter();
        Expr expr = infix(prefix(restricted), minimum, restricted);
        cursor.leave();
        return expr;
    }

    private Expr prefix(boolean restricted) {
        Token token = cursor.peek();
        if (token.kind() == TokenKind.OPERATOR) {
            String operator = token.value();
            if (operator.equals("+") || operator.equals("-")) {
                cursor.next();
                return new Expr.Unary(operator, expression(SIGN, restricted));
            }
            if (level(operator) == OPERATOR) {
                cursor.next();
                return new Expr.Unary(operator, expression(OPERATOR + 1, restricted));
            }
            throw cursor.error("operator without left operand");
        }
        if (!restricted && cursor.accept("not")) {
            return new Expr.Not(expression(NOT, false));
        }
        return grammar.primaries().primary();
    }

    /**
     * The operators behind a first operand. What PostgreSQL declares {@code %nonassoc} cannot follow itself: {@code
     * forbidden} is that level while the operand on the left is such an expression.
     */
    private Expr infix(Expr first, int minimum, boolean restricted) {
        Expr left = first;
        int forbidden = -1;
        boolean chained = false;
        while (true) {
            int level = nextLevel(restricted);
            if (level < minimum || level < 0) {
                return left;
            }
            if (level == forbidden || chained && isCondition(level)) {
                throw cursor.error("operator cannot be chained");
            }
            chained = leftToRight && isCondition(level);
            boolean openEnded = isOpenEnded(level);
            left = apply(left, level, restricted);
            forbidden = openEnded ? level : -1;
        }
    }

    private static boolean isCondition(int level) {
        return level == COMPARISON || level == PATTERN || level == IS;
    }

    /** The level from which on operators belong to the right operand of one of this level. */
    private int rightOf(int level) {
        return leftToRight && isCondition(level) ? OPERATOR : level + 1;
    }

    /** Whether the construct that begins here ends in an operand, so that one of the same level cannot follow. */
    private boolean isOpenEnded(int level) {
        if (level == COMPARISON) {
            return !isQuantifier(1);
        }
        if (level == IS) {
            return cursor.isWord("is") && cursor.isWord(cursor.isWord(1, "not") ? 2 : 1, "distinct");
        }
        if (level != PATTERN) {
            return false;
        }
        int at = cursor.isWord("not") ? 1 : 0;
        return !cursor.isWord(at, "in") && !isQuantifier(at + 1);
    }

    private boolean isQuantifier(int ahead) {
        Token token = cursor.peek(ahead);
        return (token.isWord("any") || token.isWord("all") || token.isWord("some"))
                && cursor.peek(ahead + 1).isSymbol("(");
    }

    /** The level of the operator that comes next, or -1 if the expression ends here. */
    private int nextLevel(boolean restricted) {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case OPERATOR -> NOT_INFIX.contains(token.value()) ? -1 : level(token.value());
            case SYMBOL -> token.isSymbol("::") ? CAST : -1;
            case WORD -> wordLevel(token.word(), restricted);
            default -> -1;
        };
    }

    private int wordLevel(String word, boolean restricted) {
        if (word.equals("operator") && cursor.peek(1).isSymbol("(")) {
            return OPERATOR;
        }
        if (restricted) {
            boolean distinct = word.equals("is") && cursor.isWord(cursor.isWord(1, "not") ? 2 : 1, "distinct");
            return distinct ? IS : -1;
        }
        return switch (word) {
            case "or" -> OR;
            case "and" -> AND;
            case "is", "isnull", "notnull" -> IS;
            case "between", "in", "like", "ilike" -> PATTERN;
            case "similar" -> cursor.isWord(1, "to") ? PATTERN : -1;
            case "not" -> isPattern(cursor.peek(1)) ? PATTERN : -1;
            case "at" -> cursor.isWord(1, "time") && cursor.isWord(2, "zone") ? AT : -1;
            case "collate" -> COLLATE;
            default -> -1;
        };
    }

    private static boolean isPattern(Token token) {
        return token.kind() == TokenKind.WORD
                && switch (token.word()) {
                    case "between", "in", "like", "ilike", "similar" -> true;
                    default -> false;
                };
    }

    private static int level(String operator) {
        return switch (operator) {
            case "+", "-" -> ADDITION;
            case "*", "/", "%" -> MULTIPLICATION;
            case "^" -> POWER;
            case "=>", ":=" -> -1;
            default -> COMPARISONS.contains(operator) ? COMPARISON : OPERATOR;
        };
    }

    private Expr apply(Expr left, int level, boolean restricted) {
        return switch (level) {
            case OR -> new Expr.Or(chain(left, left instanceof Expr.Or or ? or.operands() : null, "or", OR));
            case AND -> new Expr.And(chain(left, left instanceof Expr.And and ? and.operands() : null, "and", AND));
            case IS -> is(left, restricted);
            case PATTERN -> pattern(left);
            case AT -> atTimeZone(left);
            case COLLATE -> {
                cursor.next();
                yield new Expr.Collate(left, grammar.names().qualified());
            }
            case CAST -> {
                cursor.next();
                yield new Expr.Cast(left, grammar.types().type());
            }
            default -> binary(left, level, restricted);
        };
    }

    private List<Expr> chain(Expr left, @Nullable List<Expr> leftOperands, String word, int level) {
        List<Expr> operands = new ArrayList<>(leftOperands == null ? List.of(left) : leftOperands);
        while (cursor.accept(word)) {
            operands.add(expression(level + 1, false));
        }
        return operands;
    }

    private Expr binary(Expr left, int level, boolean restricted) {
        String operator = operator();
        if (isQuantifier(0) && !restricted) {
            return quantified(left, operator);
        }
        return new Expr.Binary(operator, left, expression(rightOf(level), restricted));
    }

    /** An operator, {@code OPERATOR(s.+)} included. */
    String operator() {
        Token token = cursor.next();
        if (token.kind() == TokenKind.OPERATOR) {
            return token.value();
        }
        cursor.expectSymbol("(");
        StringBuilder text = new StringBuilder("operator(");
        while (cursor.peek().isName()) {
            text.append(grammar.names().keyword());
            cursor.expectSymbol(".");
            text.append('.');
        }
        Token operator = cursor.next();
        if (operator.kind() != TokenKind.OPERATOR) {
            throw cursor.error("expected an operator");
        }
        cursor.expectSymbol(")");
        return text.append(operator.value()).append(')').toString();
    }

    private Expr quantified(Expr left, String operator) {
        boolean all = cursor.expectOneOf("any", "some", "all").equals("all");
        Expr inner = grammar.primaries().parenthesised();
        return inner instanceof Expr.Scalar scalar
                ? new Expr.QuantifiedQuery(left, operator, all, scalar.query())
                : new Expr.QuantifiedArray(left, operator, all, inner);
    }

    private Expr is(Expr left, boolean restricted) {
        if (cursor.accept("isnull")) {
            return new Expr.Is(left, "null", false);
        }
        if (cursor.accept("notnull")) {
            return new Expr.Is(left, "null", true);
        }
        cursor.expect("is");
        boolean negated = cursor.accept("not");
        if (cursor.accept("distinct", "from")) {
            return new Expr.IsDistinct(left, expression(rightOf(IS), restricted), negated);
        }
        String test = cursor.expectOneOf(
                "null", "true", "false", "unknown", "document", "normalized", "nfc", "nfd", "nfkc", "nfkd");
        if (test.startsWith("nf")) {
            cursor.expect("normalized");
            test += " normalized";
        }
        return new Expr.Is(left, test, negated);
    }

    private Expr pattern(Expr left) {
        boolean negated = cursor.accept("not");
        if (cursor.accept("between")) {
            boolean symmetric = cursor.accept("symmetric");
            if (!symmetric) {
                cursor.accept("asymmetric");
            }
            Expr low = restricted();
            cursor.expect("and");
            return new Expr.Between(left, low, expression(PATTERN + 1, false), negated, symmetric);
        }
        if (cursor.accept("in")) {
            return in(left, negated);
        }
        String operator = cursor.expectOneOf("like", "ilike", "similar");
        if (operator.equals("similar")) {
            cursor.expect("to");
            operator = "similar to";
        } else if (isQuantifier(0)) {
            return quantified(left, negated ? "not " + operator : operator);
        }
        Expr pattern = expression(PATTERN + 1, false);
        Expr escape = cursor.accept("escape") ? expression(PATTERN + 1, false) : null;
        return new Expr.Like(operator, left, pattern, escape, negated);
    }

    private Expr in(Expr left, boolean negated) {
        if (!cursor.isSymbol("(")) {
            throw cursor.error("expected (");
        }
        PrimaryParser.Parenthesis inner = grammar.primaries().parenthesis();
        return inner.query() != null
                ? new Expr.InQuery(left, inner.query(), negated)
                : new Expr.InList(left, inner.elements(), negated);
    }

    private Expr atTimeZone(Expr left) {
        cursor.expect("at", "time", "zone");
        return new Expr.AtTimeZone(left, expression(AT + 1, false));
    }
}
