package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Statement.OtherKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what H2's own commands do. H2 commits the transaction by itself with everything that defines something, ANALYZE and most
 * settings of the database included: that counts as DDL, which is reported before it is sent.
 */
final class H2Commands {

    /** Settings that are set without a COMMIT, as H2's {@code Set.isTransactional} has them; those of the session among them. */
    private static final Set<String> SESSION_SETTINGS = Set.of(
            "query_timeout",
            "lock_timeout",
            "trace_level_system_out",
            "trace_level_file",
            "throttle",
            "schema",
            "schema_search_path",
            "catalog",
            "retention_time",
            "lazy_query_execution",
            "non_keywords",
            "time",
            "variable_binary",
            "truncate_large_length",
            "write_delay");

    private H2Commands() {}

    /** Null for what is as in PostgreSQL, or is to be parsed. */
    static @Nullable OtherKind classify(List<Token> tokens) {
        String second = StatementClassifier.word(tokens, 1);
        return switch (StatementClassifier.word(tokens, 0)) {
            case "set" -> set(tokens, second);
            case "commit", "rollback" -> second.equals("transaction") ? OtherKind.TWO_PHASE : null;
            case "analyze", "truncate" -> OtherKind.DDL;
            case "call" -> isNextValue(tokens) ? OtherKind.SHOW : null;
            case "help" -> OtherKind.SHOW;
            case "reset", "discard", "abort", "vacuum", "listen", "notify" -> OtherKind.UNKNOWN;
            default -> null;
        };
    }

    private static OtherKind set(List<Token> tokens, String name) {
        if (tokens.get(1).isOperator("@") || SESSION_SETTINGS.contains(name)) {
            return OtherKind.SET;
        }
        if (!name.equals("autocommit")) {
            return OtherKind.DDL;
        }
        // Off: what follows is a transaction. On: it is committed.
        int at = tokens.get(2).isOperator("=")
                        || StatementClassifier.word(tokens, 2).equals("to")
                ? 3
                : 2;
        return switch (StatementClassifier.word(tokens, at)) {
            case "false", "off" -> OtherKind.BEGIN;
            case "true", "on" -> OtherKind.COMMIT;
            default -> OtherKind.DDL;
        };
    }

    /** {@code CALL NEXT VALUE FOR s}: a sequence is no table. */
    private static boolean isNextValue(List<Token> tokens) {
        for (int i = 1; i < 4; i++) {
            if (!StatementClassifier.word(tokens, i)
                    .equals(List.of("", "next", "value", "for").get(i))) {
                return false;
            }
        }
        return tokens.stream().skip(4).limit(tokens.size() - 5).allMatch(t -> t.isName() || t.isSymbol("."));
    }
}
