package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Statement.OtherKind;
import java.util.List;

/** Tells by its first words what a statement does that is not parsed. */
final class StatementClassifier {

    private StatementClassifier() {}

    /** {@link OtherKind#UNKNOWN} for queries and changes, which are to be parsed, and for what begins with no known word. */
    static OtherKind classify(List<Token> tokens, Dialect dialect) {
        if (dialect.equals(Dialect.H2)) {
            OtherKind own = H2Commands.classify(tokens);
            if (own != null) {
                return own;
            }
        }
        return switch (word(tokens, 0)) {
            case "begin", "start" -> OtherKind.BEGIN;
            case "commit", "end" -> isPrepared(tokens) ? OtherKind.TWO_PHASE : OtherKind.COMMIT;
            case "abort" -> OtherKind.ROLLBACK;
            case "rollback" -> rollback(tokens);
            case "savepoint" -> OtherKind.SAVEPOINT;
            case "release" -> OtherKind.RELEASE_SAVEPOINT;
            case "set", "reset", "discard" -> OtherKind.SET;
            case "show" -> OtherKind.SHOW;
            case "explain" -> explain(tokens);
            case "call" -> OtherKind.CALL;
            case "do" -> OtherKind.DO;
            case "copy" -> OtherKind.COPY;
            case "create",
                    "alter",
                    "drop",
                    "comment",
                    "grant",
                    "revoke",
                    "reassign",
                    "security",
                    "import",
                    "refresh",
                    "reindex",
                    "cluster",
                    "load" -> OtherKind.DDL;
            case "lock" -> OtherKind.LOCK;
            case "vacuum", "analyze", "analyse", "checkpoint" -> OtherKind.MAINTENANCE;
            case "listen", "notify", "unlisten" -> OtherKind.NOTIFY;
            case "prepare" -> word(tokens, 1).equals("transaction") ? OtherKind.TWO_PHASE : OtherKind.PREPARED;
            case "execute", "deallocate" -> OtherKind.PREPARED;
            case "declare", "fetch", "move", "close" -> OtherKind.CURSOR;
            default -> OtherKind.UNKNOWN;
        };
    }

    static String word(List<Token> tokens, int index) {
        return index < tokens.size() ? tokens.get(index).word() : "";
    }

    private static boolean isPrepared(List<Token> tokens) {
        return word(tokens, 1).equals("prepared");
    }

    private static OtherKind rollback(List<Token> tokens) {
        if (isPrepared(tokens)) {
            return OtherKind.TWO_PHASE;
        }
        boolean to = tokens.stream().limit(4).anyMatch(token -> token.isWord("to"));
        return to ? OtherKind.ROLLBACK_TO_SAVEPOINT : OtherKind.ROLLBACK;
    }

    /** EXPLAIN ANALYZE runs its statement: it is of no known kind, and so may do anything. */
    private static OtherKind explain(List<Token> tokens) {
        boolean analyze = tokens.stream().anyMatch(token -> token.isWord("analyze") || token.isWord("analyse"));
        return analyze ? OtherKind.UNKNOWN : OtherKind.EXPLAIN;
    }
}
