package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.LexedText;
import dev.staleless.sql.lex.SqlSyntaxException;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.Statement.OtherKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Parses the statements of a text. A statement counts as understood only if it was read to its last token and the tree
 * has exactly the parameters of the text; what is not understood is {@link OtherKind#UNKNOWN}. Time is linear in the
 * text; nesting, and so the stack, is bounded.
 */
public final class SqlParser {

    /** Of a tree: a chain of operators is as deep as it is long. */
    private static final int MAX_TREE_DEPTH = 1000;

    private SqlParser() {}

    /**
     * A statement of a text.
     *
     * @param tokens its tokens, the last one of kind END
     * @param problem why the statement was not understood; empty if it was, or if it is of a kind that is not parsed
     */
    public record Parsed(Statement statement, List<Token> tokens, String problem) {
        public Parsed {
            tokens = List.copyOf(tokens);
        }
    }

    /** The statements, empty ones left out. */
    public static List<Parsed> parse(LexedText text) {
        List<Parsed> parsed = new ArrayList<>();
        List<Token> part = new ArrayList<>();
        for (Token token : text.tokens()) {
            if (token.kind() == TokenKind.SIGNIFICANT_COMMENT && !text.dialect().executableComments()) {
                continue;
            }
            if (token.isSymbol(";") || token.kind() == TokenKind.END) {
                if (!part.isEmpty()) {
                    part.add(new Token(TokenKind.END, token.start(), token.start(), false, "", 0));
                    parsed.add(parseOne(part, text.dialect()));
                    part = new ArrayList<>();
                }
            } else {
                part.add(token);
            }
        }
        return parsed;
    }

    private static Parsed parseOne(List<Token> read, Dialect dialect) {
        int parameters = (int) read.stream()
                .filter(token -> token.kind() == TokenKind.PARAMETER)
                .count();
        List<Token> tokens = read;
        if (dialect.equals(Dialect.MARIADB)) {
            try {
                tokens = MariaDbTokens.adapt(read);
            } catch (SqlSyntaxException e) {
                return notAdapted(read, parameters, String.valueOf(e.getMessage()));
            }
        }
        OtherKind kind = dialect.equals(Dialect.MARIADB)
                ? MariaDbClassifier.classify(tokens)
                : StatementClassifier.classify(tokens, dialect);
        if (kind != OtherKind.UNKNOWN) {
            return new Parsed(new Statement.Other(kind, parameters), tokens, "");
        }
        try {
            return new Parsed(understood(tokens, parameters, dialect), tokens, "");
        } catch (SqlSyntaxException e) {
            String problem = e.getMessage() == null ? "not understood" : e.getMessage();
            return new Parsed(new Statement.Other(OtherKind.UNKNOWN, parameters), tokens, problem);
        }
    }

    /** What hides code in a comment may be anything; its tokens are not to be looked at. */
    private static Parsed notAdapted(List<Token> tokens, int parameters, String problem) {
        boolean hidden = tokens.stream().anyMatch(token -> token.kind() == TokenKind.SIGNIFICANT_COMMENT);
        List<Token> shown = hidden ? tokens.subList(tokens.size() - 1, tokens.size()) : tokens;
        return new Parsed(new Statement.Other(OtherKind.UNKNOWN, parameters), shown, problem);
    }

    private static Statement understood(List<Token> tokens, int parameters, Dialect dialect) {
        TokenCursor cursor = new TokenCursor(tokens);
        Grammar grammar = new Grammar(cursor, dialect);
        Statement statement = cursor.accept("truncate") ? grammar.dml().truncate() : start(cursor, grammar);
        if (cursor.peek().kind() != TokenKind.END) {
            throw cursor.error("unexpected '" + cursor.peek().value() + "'");
        }
        verify(statement, parameters);
        return statement;
    }

    private static Statement start(TokenCursor cursor, Grammar grammar) {
        return cursor.isSymbol("(") ? grammar.queries().query() : grammar.dml().afterWith(true);
    }

    /** Walks the whole tree, without recursion. */
    private static void verify(Statement statement, int parameters) {
        int found = 0;
        Deque<Node> nodes = new ArrayDeque<>();
        Deque<Integer> depths = new ArrayDeque<>();
        nodes.push(statement);
        depths.push(0);
        while (!nodes.isEmpty()) {
            Node node = nodes.pop();
            int depth = depths.pop();
            if (depth > MAX_TREE_DEPTH) {
                throw new SqlSyntaxException("tree deeper than " + MAX_TREE_DEPTH, 0);
            }
            if (node instanceof Expr.Parameter) {
                found++;
            }
            node.forEachChild(child -> {
                nodes.push(child);
                depths.push(depth + 1);
            });
        }
        if (found != parameters) {
            throw new SqlSyntaxException(parameters + " parameters in the text, " + found + " in the tree", 0);
        }
    }
}
