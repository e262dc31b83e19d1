package dev.staleless.jdbc.connection;

import dev.staleless.sql.Analysis;
import java.util.regex.Pattern;

/**
 * Tells which statements may change what other statements do: columns, types, collations, triggers, rules, what a name means.
 * Where that is not certain, one does.
 *
 * <p>What runs code in the database, or was not understood, is judged by whether a word of its text defines something; code
 * that is stored in the database is not looked at.
 */
final class SchemaStatements {

    /** What is known to change none of this, if it stands alone: an index is no constraint, and a comment is nothing. */
    private static final Pattern HARMLESS = Pattern.compile(
            "\\s*(COMMENT\\s+ON|CREATE\\s+INDEX|CREATE\\s+STATISTICS|REINDEX|ANALYZE|VACUUM|CLUSTER|"
                    + "REFRESH\\s+MATERIALIZED\\s+VIEW|"
                    + "CREATE\\s+(LOCAL\\s+|GLOBAL\\s+)?(TEMP|TEMPORARY)\\s|DROP\\s+TEMPORARY\\s)[^;]*;?\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern DEFINES = Pattern.compile(
            "\\b(ALTER|CREATE|DROP|RENAME|GRANT|REVOKE|IMPORT|REASSIGN|SECURITY)\\b", Pattern.CASE_INSENSITIVE);

    private SchemaStatements() {}

    /** Whether a statement may change the schema for others. */
    static boolean changeSchema(Analysis.Everything statement) {
        String text = statement.sql().key();
        boolean code = text.contains("/*");
        return switch (statement.cause()) {
            case DDL -> code || !HARMLESS.matcher(text).matches();
            case UNKNOWN, PROCEDURE ->
                DEFINES.matcher(text).find() && (code || !HARMLESS.matcher(text).matches());
            case TWO_PHASE, SIDE_EFFECTS -> false;
        };
    }
}
