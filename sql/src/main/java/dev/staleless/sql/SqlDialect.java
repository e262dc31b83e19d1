package dev.staleless.sql;

import dev.staleless.sql.lex.Dialect;

/** The SQL that a database speaks. */
public enum SqlDialect {
    /** PostgreSQL with {@code standard_conforming_strings = on}; with any other setting nothing may be cached. */
    POSTGRESQL(Dialect.POSTGRESQL),
    /** MariaDB and MySQL without {@code ANSI_QUOTES} and {@code NO_BACKSLASH_ESCAPES}; with them nothing may be cached. */
    MARIADB(Dialect.MARIADB),
    /** H2 in its regular mode; in any other one nothing may be cached. */
    H2(Dialect.H2);

    private final Dialect lexical;

    SqlDialect(Dialect lexical) {
        this.lexical = lexical;
    }

    /** Its lexical rules. */
    public Dialect lexical() {
        return lexical;
    }
}
