package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.sql.RowImages;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Errors of a statement that was sent as a part of a query. They are the statement's own but for two things: where in the text they
 * stand, and what a read-only transaction calls the command.
 */
final class StatementErrors {
    private static final String READ_ONLY = "25006";

    private StatementErrors() {}

    static SQLException of(SQLException error, RowImages images) {
        ServerErrorMessage told = error instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
        if (told == null || told.getPosition() <= images.shift() && !READ_ONLY.equals(told.getSQLState())) {
            return error;
        }
        boolean whole = told.toString().equals(error.getMessage());
        PSQLException own = new PSQLException(new ServerErrorMessage(fields(told, images)), whole);
        own.setStackTrace(error.getStackTrace());
        for (Throwable suppressed : error.getSuppressed()) {
            own.addSuppressed(suppressed);
        }
        return own;
    }

    /** In the form of the protocol: a letter and a text for each field. */
    private static String fields(ServerErrorMessage told, RowImages images) {
        String message = told.getMessage();
        if (message != null && READ_ONLY.equals(told.getSQLState())) {
            message = message.replaceFirst("\\bSELECT\\b", images.command());
        }
        int position = told.getPosition() > images.shift() ? told.getPosition() - images.shift() : told.getPosition();
        StringBuilder fields = new StringBuilder();
        add(fields, 'S', told.getSeverity());
        add(fields, 'C', told.getSQLState());
        add(fields, 'M', message);
        add(fields, 'D', told.getDetail());
        add(fields, 'H', told.getHint());
        add(fields, 'P', number(position));
        add(fields, 'p', number(told.getInternalPosition()));
        add(fields, 'q', told.getInternalQuery());
        add(fields, 'W', told.getWhere());
        add(fields, 's', told.getSchema());
        add(fields, 't', told.getTable());
        add(fields, 'c', told.getColumn());
        add(fields, 'd', told.getDatatype());
        add(fields, 'n', told.getConstraint());
        add(fields, 'F', told.getFile());
        add(fields, 'L', number(told.getLine()));
        add(fields, 'R', told.getRoutine());
        return fields.toString();
    }

    private static @Nullable String number(int value) {
        return value == 0 ? null : Integer.toString(value);
    }

    private static void add(StringBuilder fields, char name, @Nullable String value) {
        if (value != null) {
            fields.append(name).append(value).append('\0');
        }
    }
}
