package dev.staleless.sql.analysis;

import java.util.Set;

/**
 * What PostgreSQL brings with it and what it depends on. A function is named here only if each of its forms is immutable, or
 * stable and dependent on nothing but its arguments and the session's settings.
 */
final class Builtins {

    private static final Set<String> AGGREGATES = words("""
          array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp every json_agg
          json_object_agg jsonb_agg jsonb_object_agg max min mode percentile_cont percentile_disc regr_avgx regr_avgy
          regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop stddev_samp
          string_agg sum var_pop var_samp variance any_value
          group_concat json_arrayagg json_objectagg std median
          """);

    private static final Set<String> WINDOW_FUNCTIONS =
            words("row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value");

    private static final Set<String> PURE = words("""
          abs acos asin atan atan2 cbrt ceil ceiling cos cot degrees div exp factorial floor gcd lcm ln log log10 mod pi
          power radians round scale sign sin sqrt tan trim_scale trunc width_bucket
          ascii bit_length btrim char_length character_length chr concat concat_ws format initcap left length lower lpad
          ltrim md5 octet_length overlay position quote_ident quote_literal quote_nullable regexp_count regexp_instr
          regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
          regexp_substr repeat replace reverse right rpad rtrim sha224 sha256 sha384 sha512 split_part starts_with
          string_to_array string_to_table strpos substr substring to_hex translate trim unistr upper normalize
          encode decode get_bit get_byte set_bit set_byte
          coalesce greatest least nullif grouping
          date_part date_trunc extract isfinite justify_days justify_hours justify_interval make_date make_interval
          make_time make_timestamp make_timestamptz to_char to_date to_number to_timestamp date_bin
          array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position
          array_positions array_prepend array_remove array_replace array_to_string array_upper cardinality unnest
          generate_series generate_subscripts
          array_to_json json_array_elements json_array_elements_text json_array_length json_build_array
          json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object
          json_object_keys json_strip_nulls json_typeof row_to_json to_json to_jsonb json_array json_scalar
          jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object
          jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object
          jsonb_object_keys jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof jsonb_path_exists
          jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first
          int4range int8range numrange daterange tsrange tstzrange isempty lower_inc lower_inf upper_inc upper_inf
          num_nulls num_nonnulls
          """);

    private static final Set<String> SETS = words("""
          unnest generate_series generate_subscripts regexp_matches regexp_split_to_table string_to_table
          json_array_elements json_array_elements_text json_each json_each_text json_object_keys
          jsonb_array_elements jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys jsonb_path_query
          """);

    /** Operators whose forms are all pure. */
    private static final Set<String> OPERATORS = words("""
          = <> < > <= >= + - * / % ^ || | & # ~ << >> -> ->> #> #>> @> <@ ? ?| ?& && ~* !~ !~* ~~ !~~ ~~* !~~* ^@ @
          |/ ||/ -|- &< &> overlaps
          """);

    private static final Set<String> TYPES = words("""
          bigint int8 int int4 integer smallint int2 numeric decimal dec real float4 float8 float boolean bool text
          varchar char character nchar bpchar bytea uuid date timestamp timestamptz time interval json jsonb bit varbit
          name int4range int8range numrange daterange tsrange tstzrange
          """);

    /** Types of several words whose values depend on nothing but the text and the settings. */
    private static final Set<String> LONG_TYPES = Set.of(
            "double precision",
            "character varying",
            "char varying",
            "nchar varying",
            "national character",
            "national char",
            "national character varying",
            "national char varying",
            "bit varying",
            "timestamp with time zone",
            "timestamp without time zone",
            "time without time zone");

    /** Not deterministic or dependent on more than settings, but without any effect on tables. */
    private static final Set<String> SETTING = Set.of("set_config");

    private Builtins() {}

    /** Whether a function's result depends on its arguments and the settings only. */
    static boolean isPure(String function) {
        return PURE.contains(function) || AGGREGATES.contains(function) || WINDOW_FUNCTIONS.contains(function);
    }

    /** In any dialect: what is none in PostgreSQL does not exist there, unless as a function of the application's. */
    static boolean isAggregate(String function) {
        return AGGREGATES.contains(function) || H2Builtins.isAggregate(function);
    }

    static boolean isWindow(String function) {
        return WINDOW_FUNCTIONS.contains(function) || H2Builtins.isWindow(function);
    }

    /** Whether a function gives several rows. */
    static boolean returnsSet(String function) {
        return SETS.contains(function);
    }

    static boolean changesSettings(String function) {
        return SETTING.contains(function);
    }

    static boolean isPureOperator(String operator) {
        String plain = operator;
        if (operator.startsWith("operator(pg_catalog.")) {
            plain = operator.substring("operator(pg_catalog.".length(), operator.length() - 1);
        }
        return OPERATORS.contains(plain);
    }

    /** Whether a type is one of PostgreSQL's own whose input reads no clock, apart from 'now' and the like. */
    static boolean isPlainType(String type) {
        String plain = type.startsWith("pg_catalog.") ? type.substring("pg_catalog.".length()) : type;
        return TYPES.contains(plain) || LONG_TYPES.contains(plain) || plain.startsWith("interval ");
    }

    static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
