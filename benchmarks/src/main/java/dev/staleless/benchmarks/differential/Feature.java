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
    /** MERGE with DO NOTHING and WHEN NOT MATCHED BY SOURCE. */
    MERGE_BY_SOURCE,
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
    /** They may follow each other: MariaDB 11.4.5 was seen not to end such a statement, not even when it is killed. */
    CHAINED_SET_OPERATIONS,
    RETURNING,
    /** UPDATE with RETURNING. */
    UPDATE_RETURNING,
    /** UNION in a recursive query ends when nothing is new. */
    RECURSIVE_UNION,
    REPLACE,
    INSERT_IGNORE,
    MULTI_DELETE,
    MERGE_KEY,
    DELTA_TABLES,
    /** UPDATE and DELETE of so many rows. */
    LIMITED_CHANGE,
    /** The same with ORDER BY. */
    ORDERED_CHANGE,
    /** An alias of DELETE's only table. */
    DELETE_ALIAS,
    /** Names of a sub-query's columns behind its alias. */
    COLUMN_ALIASES,
    /** A foreign key may set NULL what cannot be NULL. */
    NULL_INTO_KEY,
    /** ON DELETE SET DEFAULT. */
    SET_DEFAULT,
    /** ON DELETE SET NULL of some columns. */
    SET_SOME,
    /** Foreign keys that are checked at the end of the transaction, or never. */
    DEFERRABLE,
    /** Partitions and inheritance. */
    PARTS,
    MATERIALIZED_VIEWS,
    /** Views that may be changed. */
    VIEW_CHANGES,
    /** WHERE CURRENT OF. */
    CURSORS,
    /** An array that is bound. */
    BOUND_ARRAYS,
    /** The database returns images of what a statement changes. */
    ROW_IMAGES
}
