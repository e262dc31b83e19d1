package dev.staleless.benchmarks.differential;

/** Types between which an expression of the grammar may move without a cast. */
enum Family {
    INTEGER,
    DECIMAL,
    FLOAT,
    TEXT,
    /** Text of fixed length, whose trailing spaces have no meaning. */
    FIXED_TEXT,
    /** Text whose equality is not that of its characters. */
    FOLDED_TEXT,
    BOOLEAN,
    DATE,
    TIME,
    TIMESTAMP,
    ZONED_TIMESTAMP,
    UUID,
    JSON,
    INTEGERS,
    ENUMERATION,
    BYTES
}
