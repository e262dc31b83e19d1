package dev.staleless.sql.analysis;

import java.util.Set;

/**
 * What H2 brings with it and what it depends on. A function is named here only if it depends on nothing but its arguments and the
 * session's settings: not on a clock, a sequence, the locale of the process, files or the database's state.
 */
final class H2Builtins {

    private static final Set<String> PURE = Builtins.words("""
          abs acos asin atan atan2 bitand bitcount bitget bitnand bitnor bitnot bitnxor bitor bitxor bitxnor ceil ceiling cos
          cosh cot degrees exp floor gcd lcm ln log log10 lshift mod pi power radians rotateleft rotateright round
          roundmagic rshift sign sin sinh sqrt tan tanh trunc truncate ulshift urshift zero
          ascii bit_length btrim char char_length character_length chr concat concat_ws difference hextoraw instr lcase
          left length locate lower lpad ltrim octet_length overlay position quote_ident rawtohex regexp_like regexp_replace
          regexp_substr repeat replace right rpad rtrim soundex space stringdecode stringencode stringtoutf8 substr
          substring translate trim ucase upper utf8tostring
          casewhen coalesce decode greatest ifnull least nullif nvl nvl2 grouping
          array_append array_cat array_contains array_get array_length array_max_cardinality array_slice cardinality
          trim_array unnest system_range
          date_trunc dateadd datediff day day_of_month day_of_year dayofmonth dayofyear extract hour iso_day_of_week
          iso_week iso_year last_day minute month quarter second timestampadd timestampdiff year
          """);

    private static final Set<String> AGGREGATES = Builtins.words("""
          any any_value array_agg avg bit_and_agg bit_nand_agg bit_nor_agg bit_or_agg bit_xnor_agg bit_xor_agg bool_and
          bool_or corr count covar_pop covar_samp envelope every gcd_agg group_concat histogram lcm_agg listagg max
          median min mode percentile_cont percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
          regr_sxx regr_sxy regr_syy selectivity some stddev stddev_pop stddev_samp string_agg sum var_pop var_samp
          variance
          """);

    private static final Set<String> WINDOW_FUNCTIONS = Builtins.words("""
          row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value ratio_to_report
          """);

    private static final Set<String> OPERATORS = Set.of("=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "||");

    /** Not TIME: completed to a timestamp, it depends on today's date. */
    private static final Set<String> TYPES = Builtins.words("""
          bigint bool boolean char character date dec decfloat decimal float float4 float8 int int2 int4 int8 integer json
          nchar numeric real smallint text timestamp tinyint uuid varbinary varchar varchar_ignorecase
          """);

    private static final Set<String> LONG_TYPES = Set.of(
            "double precision",
            "character varying",
            "char varying",
            "national character",
            "timestamp with time zone",
            "timestamp without time zone");

    /** What looks like a column and is none. */
    private static final Set<String> PSEUDO_COLUMNS = Set.of("_rowid_", "rownum", "value", "current_path");

    private H2Builtins() {}

    static boolean isPure(String function) {
        return PURE.contains(function) || isAggregate(function) || WINDOW_FUNCTIONS.contains(function);
    }

    static boolean isAggregate(String function) {
        return AGGREGATES.contains(function);
    }

    static boolean isWindow(String function) {
        return WINDOW_FUNCTIONS.contains(function);
    }

    static boolean isPureOperator(String operator) {
        return OPERATORS.contains(operator);
    }

    static boolean isPlainType(String type) {
        return TYPES.contains(type) || LONG_TYPES.contains(type);
    }

    static boolean isPseudoColumn(String name) {
        return PSEUDO_COLUMNS.contains(name.toLowerCase(java.util.Locale.ROOT));
    }
}
