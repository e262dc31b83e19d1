package dev.staleless.sql.analysis;

import java.util.Set;

/**
 * What MariaDB brings with it. Left out is what reads a clock, the session or random numbers, what locks or waits, full-text
 * search (its ranking depends on all rows), and whatever yields a time of day: compared with a date and time it is completed by
 * today's date.
 */
final class MariaDbVocabulary implements Vocabulary {

    static final MariaDbVocabulary INSTANCE = new MariaDbVocabulary();

    private static final Set<String> FUNCTIONS = words("""
          abs acos asin atan atan2 ceil ceiling conv cos cot crc32 degrees exp floor greatest least ln log log10 log2 mod
          oct pi pow power radians round sign sin sqrt tan truncate bit_count
          ascii bin bit_length char_length character_length concat concat_ws elt export_set field find_in_set format
          from_base64 hex insert instr lcase left length lengthb locate lower lpad ltrim make_set md5 mid octet_length ord
          position quote regexp_instr regexp_replace regexp_substr repeat replace reverse right rpad rtrim sha sha1 sha2
          soundex space strcmp substr substring substring_index to_base64 trim ucase unhex upper
          coalesce if ifnull isnull nullif interval
          adddate date date_add date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear extract
          from_days hour last_day makedate microsecond minute month monthname quarter second str_to_date subdate
          period_add period_diff time_to_sec timestampadd timestampdiff to_days to_seconds week weekday weekofyear year
          yearweek
          json_array json_array_append json_array_insert json_compact json_contains json_contains_path json_depth
          json_detailed json_equals json_exists json_extract json_insert json_keys json_length json_loose json_merge
          json_merge_patch json_merge_preserve json_normalize json_object json_query json_quote json_remove json_replace
          json_search json_set json_type json_unquote json_valid json_value
          inet_aton inet_ntoa inet6_aton inet6_ntoa is_ipv4 is_ipv6 values value
          avg bit_and bit_or bit_xor count group_concat json_arrayagg json_objectagg max min std stddev stddev_pop
          stddev_samp sum var_pop var_samp variance
          row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value median
          """);

    /** A clock without arguments. */
    private static final Set<String> WITH_ARGUMENTS = Set.of("unix_timestamp", "from_unixtime");

    private static final Set<String> OPERATORS = words("""
          = <> < > <= >= <=> + - * / % ^ | & ~ << >> ! div regexp rlike binary like
          """);

    private static final Set<String> TYPES = words("""
          signed unsigned integer int char varchar nchar binary date datetime decimal dec double float json
          """);

    private MariaDbVocabulary() {}

    @Override
    public boolean isPure(String function, int arguments) {
        return FUNCTIONS.contains(function) || arguments > 0 && WITH_ARGUMENTS.contains(function);
    }

    @Override
    public boolean changesSettings(String function) {
        return false;
    }

    @Override
    public boolean isPureOperator(String operator) {
        return OPERATORS.contains(operator);
    }

    @Override
    public boolean isPlainType(String type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isOwnSchema(String schema) {
        return false;
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
