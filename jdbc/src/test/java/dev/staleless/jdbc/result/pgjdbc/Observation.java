package dev.staleless.jdbc.result.pgjdbc;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** What a call of a JDBC object answered, in a form that can be compared between two such objects. */
public record Observation(String outcome) {
    public static Observation of(Method method, Object target, Object... arguments) throws Exception {
        try {
            return of(describe(method.invoke(target, arguments)));
        } catch (InvocationTargetException e) {
            return of(describe(e.getCause()));
        }
    }

    /** Drivers give identities away: of a byte array in the text of a binary value, of an array in its own text. */
    private static Observation of(String outcome) {
        return new Observation(
                outcome.replaceAll("(\\[B|Pg\\w+)@[0-9a-f]+", "$1 (identity)").replaceAll("\\bar\\d+: ", "array: "));
    }

    private static String describe(Throwable thrown) {
        String state = thrown instanceof SQLException sql ? " " + sql.getSQLState() : "";
        // The JVM leaves the message of its own exceptions out where they are thrown often.
        return "throws " + thrown.getClass().getName()
                + (thrown instanceof SQLException ? state + " " + thrown.getMessage() : "");
    }

    private static String describe(Object value) throws Exception {
        if (value instanceof byte[] bytes) {
            return "bytes " + HexFormat.of().formatHex(bytes);
        } else if (value instanceof InputStream stream) {
            return "stream " + new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } else if (value instanceof Reader reader) {
            java.io.StringWriter text = new java.io.StringWriter();
            reader.transferTo(text);
            return "reader " + text;
        } else if (value instanceof Array) {
            // Its methods are called one by one, where the column is one.
            return "array";
        } else if (value instanceof SQLXML xml) {
            return "xml " + observe(xml::getString);
        } else if (value instanceof Blob blob) {
            return "blob " + observe(blob::length);
        } else if (value instanceof Clob) {
            return "clob";
        } else if (value instanceof Statement) {
            return "statement";
        } else if (value instanceof DatabaseMetaData) {
            return "database metadata";
        } else if (value instanceof Savepoint) {
            return "savepoint";
        } else if (value instanceof ResultSetMetaData) {
            return "metadata";
        } else if (value instanceof ResultSet) {
            return "result set";
        }
        if (value != null && value.getClass().isArray()) {
            return deep(value);
        }
        return value == null ? "null" : value.getClass().getName() + " " + value;
    }

    /** Asks an object for something. */
    private interface Question {
        Object ask() throws SQLException;
    }

    private static String observe(Question question) {
        try {
            return Objects.toString(question.ask());
        } catch (SQLException | RuntimeException e) {
            return describe(e);
        }
    }

    private static String deep(Object array) {
        return array instanceof Object[] elements
                ? elements.getClass() + Arrays.deepToString(elements)
                : array.getClass() + Arrays.deepToString(new Object[] {array});
    }
}
