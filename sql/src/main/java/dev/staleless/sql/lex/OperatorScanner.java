package dev.staleless.sql.lex;

/** Finds where an operator ends. */
final class OperatorScanner {

    private static final String CHARACTERS = "+-*/<>=~!@#%^&|`?";

    /** With one of these in it, an operator may end in + or -. */
    private static final String ENABLERS = "~!@#%^&|`?";

    private final String text;
    private final Dialect dialect;

    OperatorScanner(String text, Dialect dialect) {
        this.text = text;
        this.dialect = dialect;
    }

    /**
     * An operator.
     *
     * @param end behind its last character in the text
     * @param value the operator as the server sees it
     */
    record Scanned(int end, String value) {}

    Scanned scan(int start) {
        if (CHARACTERS.indexOf(text.charAt(start)) < 0) {
            throw new SqlSyntaxException("character that belongs to no token", start);
        }
        return dialect.operators().isEmpty() ? scanFree(start) : scanListed(start);
    }

    private Scanned scanListed(int start) {
        for (int length = 3; length > 1; length--) {
            if (start + length <= text.length()) {
                String candidate = text.substring(start, start + length);
                if (dialect.operators().contains(candidate)) {
                    return new Scanned(start + length, standard(candidate));
                }
            }
        }
        return new Scanned(start + 1, text.substring(start, start + 1));
    }

    /**
     * PostgreSQL's rule: as many operator characters as there are, but not the beginning of a comment, and no + or - at
     * the end unless a character stands before it that no standard operator has. A single {@code ?} ends the operator: it
     * is a parameter.
     */
    private Scanned scanFree(int start) {
        StringBuilder operator = new StringBuilder();
        int end = start;
        while (end < text.length() && CHARACTERS.indexOf(text.charAt(end)) >= 0 && !startsComment(end)) {
            if (text.charAt(end) == '?') {
                if (end + 1 >= text.length() || text.charAt(end + 1) != '?') {
                    break;
                }
                end++;
            }
            operator.append(text.charAt(end));
            end++;
        }
        while (operator.length() > 1 && endsInSign(operator) && !hasEnabler(operator)) {
            operator.setLength(operator.length() - 1);
            end--;
        }
        return new Scanned(end, standard(operator.toString()));
    }

    private boolean startsComment(int index) {
        char c = text.charAt(index);
        char next = index + 1 < text.length() ? text.charAt(index + 1) : 0;
        return c == '-' && next == '-' || c == '/' && next == '*';
    }

    private static boolean endsInSign(CharSequence operator) {
        char last = operator.charAt(operator.length() - 1);
        return last == '+' || last == '-';
    }

    private static boolean hasEnabler(CharSequence operator) {
        return operator.chars().anyMatch(c -> ENABLERS.indexOf(c) >= 0);
    }

    private static String standard(String operator) {
        return operator.equals("!=") ? "<>" : operator;
    }
}
