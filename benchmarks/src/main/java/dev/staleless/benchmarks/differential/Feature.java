package dev.staleless.benchmarks.differential;

/** What one database has and another lacks. */
enum Feature {
    FULL_JOIN,
    LATERAL,
    DISTINCT_ON,
    WITH_TIES,
    FETCH_FIRST,
    ROW_VALUES,
    IS_DISTINCT,
    NULL_SAFE_EQUAL,
    SYMMETRIC,
    ILIKE,
    REGEX_OPERATOR,
    ANY_ARRAY,
    FILTER,
    TRUTH_TESTS,
    MATERIALIZED,
    ON_CONFLICT,
    ON_DUPLICATE_KEY,
    MERGE,
    UPDATE_FROM,
    UPDATE_JOIN,
    DELETE_USING,
    WRITING_CTE,
    TRUNCATE,
    NULLS_FIRST,
    DOUBLE_COLON,
    TRIGGERS,
    GROUPING_SETS,
    ALL_SET_OPERATIONS,
    RETURNING
}
