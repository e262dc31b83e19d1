package dev.staleless.sql.parse;

import java.util.Set;

/**
 * PostgreSQL's keywords, as {@code pg_get_keywords()} lists them: where a word can be a name. Words that only newer
 * versions reserve are in it too.
 */
final class Keywords {

    /** Never a name without quotes, unless as a label behind AS. */
    private static final Set<String> RESERVED = words("""
          all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
          current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc
          distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral
          leading limit localtime localtimestamp not null offset on only or order placing primary references returning
          select session_user some symmetric system_user table then to trailing true union unique user using variadic
          when where window with
          """);

    /** Names of functions and types, but not of columns and tables. */
    private static final Set<String> FUNCTION_OR_TYPE = words("""
          authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left
          like natural notnull outer overlaps right similar tablesample verbose
          """);

    /** Names of columns, but not of functions: each has a syntax of its own. */
    private static final Set<String> COLUMN_ONLY = words("""
          between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int
          integer interval json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar
          json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out
          overlay position precision real row setof smallint substring time timestamp treat trim values varchar
          xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize
          xmltable
          """);

    /** Not a label without AS. */
    private static final Set<String> NEEDS_AS = words("""
          array as char character create day except fetch filter for from grant group having hour intersect into isnull
          limit minute month notnull offset on order over overlaps precision returning second to union varying where
          window with within without year
          """);

    private Keywords() {}

    /** Whether a word can be the name of a column, table or alias. */
    static boolean isColumnName(String word) {
        return !RESERVED.contains(word) && !FUNCTION_OR_TYPE.contains(word);
    }

    /** Whether a word can be the first part of a column reference, or a table's name, in an expression. */
    static boolean isFunctionName(String word) {
        return !RESERVED.contains(word) && !COLUMN_ONLY.contains(word);
    }

    /** Whether a word can be a label without AS. */
    static boolean isBareLabel(String word) {
        return !NEEDS_AS.contains(word);
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
