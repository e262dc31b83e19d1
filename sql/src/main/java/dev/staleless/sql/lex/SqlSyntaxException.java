package dev.staleless.sql.lex;

/** A text that is not understood as SQL, and where. It says nothing on whether the database would accept the text. */
public final class SqlSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    public SqlSyntaxException(String message, int offset) {
        // no stack trace, no suppression: thrown for each statement that is not understood
        super(message + " at offset " + offset, null, false, false);
        this.offset = offset;
    }

    /** Where in the text, in UTF-16 units from 0. */
    public int offset() {
        return offset;
    }
}
