package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Statement.OtherKind;
import java.util.List;

/**
 * Tells by its first words what a MariaDB statement does that is not parsed. What ends the transaction that it stands in by
 * itself counts as a definition, or as not understood: of both everything is reported before they are sent.
 */
final class MariaDbClassifier {

    private MariaDbClassifier() {}

    /** {@link OtherKind#UNKNOWN} for queries and changes, which are to be parsed, and for what begins with no known word. */
    static OtherKind classify(List<Token> tokens) {
        return switch (word(tokens, 0)) {
            case "begin" -> has(tokens, "not") ? OtherKind.UNKNOWN : OtherKind.BEGIN;
            case "start" -> word(tokens, 1).equals("transaction") ? OtherKind.BEGIN : OtherKind.UNKNOWN;
            case "commit" -> OtherKind.COMMIT;
            case "rollback" -> has(tokens, "to") ? OtherKind.ROLLBACK_TO_SAVEPOINT : OtherKind.ROLLBACK;
            case "savepoint" -> OtherKind.SAVEPOINT;
            case "release" -> OtherKind.RELEASE_SAVEPOINT;
            case "xa" -> OtherKind.TWO_PHASE;
            case "set" -> set(tokens);
            case "use" -> OtherKind.SET;
            case "show" -> OtherKind.SHOW;
            case "explain", "describe", "desc" -> has(tokens, "analyze") ? OtherKind.UNKNOWN : OtherKind.EXPLAIN;
            case "call" -> OtherKind.CALL;
            case "do" -> OtherKind.DO;
            case "prepare", "execute", "deallocate" -> OtherKind.PREPARED;
            case "create" -> isTemporary(tokens) ? OtherKind.SET : OtherKind.DDL;
            case "drop" -> word(tokens, 1).equals("temporary") ? OtherKind.SET : OtherKind.DDL;
            case "alter",
                    "rename",
                    "truncate",
                    "grant",
                    "revoke",
                    "lock",
                    "unlock",
                    "flush",
                    "reset",
                    "optimize",
                    "repair",
                    "check",
                    "cache",
                    "install",
                    "uninstall" -> OtherKind.DDL;
            default -> OtherKind.UNKNOWN;
        };
    }

    /**
     * SET changes the session, unless it commits (autocommit), runs a statement (SET STATEMENT), or changes what is not the
     * session's (SET PASSWORD, SET GLOBAL).
     */
    private static OtherKind set(List<Token> tokens) {
        boolean other = has(tokens, "autocommit")
                || switch (word(tokens, 1)) {
                    case "statement", "password", "default", "global" -> true;
                    default -> false;
                };
        return other ? OtherKind.UNKNOWN : OtherKind.SET;
    }

    /**
     * A temporary table is the session's own, and to make or drop one commits nothing. Where it is filled by a query at once, that
     * may call what writes.
     */
    private static boolean isTemporary(List<Token> tokens) {
        boolean temporary = word(tokens, 1).equals("temporary")
                || word(tokens, 1).equals("or")
                        && word(tokens, 2).equals("replace")
                        && word(tokens, 3).equals("temporary");
        return temporary
                && tokens.stream().anyMatch(token -> token.isWord("table"))
                && tokens.stream()
                        .noneMatch(token -> token.isWord("select")
                                || token.isWord("with")
                                || token.isWord("values")
                                || token.isWord("sequence"));
    }

    private static boolean has(List<Token> tokens, String word) {
        return tokens.stream().anyMatch(token -> token.isName() && token.value().equals(word));
    }

    private static String word(List<Token> tokens, int index) {
        return index < tokens.size() ? tokens.get(index).word() : "";
    }
}
