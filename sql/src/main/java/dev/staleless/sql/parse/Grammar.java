package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.tree.Expr;

/** The parts of the parser for one statement, which call each other. */
final class Grammar {

    private final TokenCursor cursor;
    private final Dialect dialect;
    private final NameParser names;
    private final TypeParser types;
    private final ExpressionParser expressions;
    private final PrimaryParser primaries;
    private final FunctionParser functions;
    private final QueryParser queries;
    private final FromParser from;
    private final DmlParser dml;

    Grammar(TokenCursor cursor, Dialect dialect) {
        this.cursor = cursor;
        this.dialect = dialect;
        names = new NameParser(cursor, dialect);
        types = new TypeParser(cursor, names);
        expressions = new ExpressionParser(this);
        primaries = new PrimaryParser(this);
        functions = new FunctionParser(this);
        queries = new QueryParser(this);
        from = new FromParser(this);
        dml = new DmlParser(this);
    }

    /** Whether the statement is written in this dialect. */
    boolean is(Dialect other) {
        return dialect.equals(other);
    }

    boolean isMariaDb() {
        return is(Dialect.MARIADB);
    }

    /** A condition that stands here, with what the dialect gives a meaning of its own left uninterpreted. */
    Expr condition() {
        Expr expr = expressions.expression();
        return isMariaDb() ? Uninterpreted.condition(expr) : expr;
    }

    /** An expression as far as the dialect gives it no meaning of its own. */
    Expr value(Expr expr) {
        return isMariaDb() ? Uninterpreted.value(expr) : expr;
    }

    TokenCursor cursor() {
        return cursor;
    }

    NameParser names() {
        return names;
    }

    TypeParser types() {
        return types;
    }

    ExpressionParser expressions() {
        return expressions;
    }

    PrimaryParser primaries() {
        return primaries;
    }

    FunctionParser functions() {
        return functions;
    }

    QueryParser queries() {
        return queries;
    }

    FromParser from() {
        return from;
    }

    DmlParser dml() {
        return dml;
    }
}
