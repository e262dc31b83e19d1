package dev.staleless.sql.analysis;

import dev.staleless.sql.SqlDialect;

/**
 * What a database brings with it: functions, operators and types whose values depend on nothing but what they are given and the
 * session's settings. Names are in lower case.
 */
interface Vocabulary {

    /** That of a dialect. */
    static Vocabulary of(SqlDialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> POSTGRESQL;
            case MARIADB -> MariaDbVocabulary.INSTANCE;
            case H2 -> H2;
        };
    }

    /** PostgreSQL's. */
    Vocabulary POSTGRESQL = new Vocabulary() {
        @Override
        public boolean isPure(String function, int arguments) {
            return Builtins.isPure(function);
        }

        @Override
        public boolean changesSettings(String function) {
            return Builtins.changesSettings(function);
        }

        @Override
        public boolean isPureOperator(String operator) {
            return Builtins.isPureOperator(operator);
        }

        @Override
        public boolean isPlainType(String type) {
            return Builtins.isPlainType(type);
        }

        @Override
        public boolean isOwnSchema(String schema) {
            return schema.equals("pg_catalog");
        }
    };

    /** H2's. */
    Vocabulary H2 = new Vocabulary() {
        @Override
        public boolean isPure(String function, int arguments) {
            return H2Builtins.isPure(function);
        }

        @Override
        public boolean changesSettings(String function) {
            return POSTGRESQL.changesSettings(function);
        }

        @Override
        public boolean isPureOperator(String operator) {
            return H2Builtins.isPureOperator(operator);
        }

        @Override
        public boolean isPlainType(String type) {
            return H2Builtins.isPlainType(type);
        }

        @Override
        public boolean isOwnSchema(String schema) {
            return POSTGRESQL.isOwnSchema(schema);
        }
    };

    /** Whether a function's result depends on its arguments and the settings only. */
    boolean isPure(String function, int arguments);

    boolean changesSettings(String function);

    boolean isPureOperator(String operator);

    /** Whether a cast to the type reads no clock, as far as its operand is none. */
    boolean isPlainType(String type);

    /** Whether the functions of a schema are the database's own. */
    boolean isOwnSchema(String schema);
}
