package dev.staleless.sql.lex;

/**
 * Finds where a string ends and what it holds. In PostgreSQL a string goes on after white space with a new line in it:
 * all of that is one token, since it is not the same as two strings on one line.
 */
final class StringScanner {

    private final String text;
    private final Dialect dialect;

    StringScanner(String text, Dialect dialect) {
        this.text = text;
        this.dialect = dialect;
    }

    /**
     * A string.
     *
     * @param end behind its last character
     */
    record Scanned(TokenKind kind, int end, String value) {}

    /** {@code '..'}, or in some dialects {@code ".."}. */
    Scanned quoted(int start) {
        Content content = new Content(start, dialect.backslashEscapes());
        content.read(start);
        return new Scanned(
                content.decodable ? TokenKind.STRING : TokenKind.OPAQUE_STRING,
                content.end,
                content.decodable ? content.value.toString() : text.substring(start, content.end));
    }

    /** A string with letters before its quote. */
    Scanned prefixed(int start, int quote) {
        char prefix = text.charAt(start);
        boolean escapes = prefix == 'e' || prefix == 'E' || dialect.backslashEscapes();
        Content content = new Content(start, escapes);
        content.read(quote);
        String raw = text.substring(start, content.end);
        return switch (prefix) {
            case 'e', 'E' ->
                content.decodable
                        ? new Scanned(TokenKind.STRING, content.end, content.value.toString())
                        : new Scanned(TokenKind.OPAQUE_STRING, content.end, raw);
            case 'b', 'B', 'x', 'X' -> new Scanned(TokenKind.BIT_STRING, content.end, raw);
            default -> new Scanned(TokenKind.OPAQUE_STRING, content.end, raw);
        };
    }

    /** {@code $tag$ .. $tag$}. */
    Scanned dollarQuoted(int start) {
        int tagEnd = start + 1;
        while (tagEnd < text.length() && Lexer.isNamePart(text.charAt(tagEnd)) && text.charAt(tagEnd) != '$') {
            tagEnd++;
        }
        boolean tag = tagEnd == start + 1 || Lexer.isNameStart(text.charAt(start + 1));
        if (tagEnd >= text.length() || text.charAt(tagEnd) != '$' || !tag) {
            throw new SqlSyntaxException("numbered parameters are not supported", start);
        }
        String delimiter = text.substring(start, tagEnd + 1);
        int end = text.indexOf(delimiter, tagEnd + 1);
        if (end < 0) {
            throw new SqlSyntaxException("string without end", start);
        }
        return new Scanned(TokenKind.STRING, end + delimiter.length(), text.substring(tagEnd + 1, end));
    }

    /** The characters of one string, which may go on after a new line. */
    private final class Content {

        final int start;
        final boolean escapes;
        final StringBuilder value = new StringBuilder();
        boolean decodable = true;
        int end;

        Content(int start, boolean escapes) {
            this.start = start;
            this.escapes = escapes;
        }

        void read(int quoteAt) {
            char quote = text.charAt(quoteAt);
            int next = quoteAt;
            while (next >= 0) {
                end = readPart(next + 1, quote);
                next = dialect.prefixedStrings() ? continuation(end) : -1;
            }
        }

        private int readPart(int from, char quote) {
            int i = from;
            while (i < text.length()) {
                char c = text.charAt(i++);
                if (c == quote) {
                    if (i >= text.length() || text.charAt(i) != quote) {
                        return i;
                    }
                    i++;
                    value.append(quote);
                } else if (c == '\\' && escapes) {
                    i = readEscape(i);
                } else if (c == 0) {
                    throw new SqlSyntaxException("NUL in a string", i - 1);
                } else {
                    value.append(c);
                }
            }
            throw new SqlSyntaxException("string without end", start);
        }

        /** The escapes that stand for one known character; the others are left to the server. */
        private int readEscape(int at) {
            if (at >= text.length()) {
                throw new SqlSyntaxException("string without end", start);
            }
            char c = text.charAt(at);
            switch (c) {
                case 'n' -> value.append('\n');
                case 't' -> value.append('\t');
                case 'r' -> value.append('\r');
                case 'b' -> value.append('\b');
                case '\\', '\'', '"' -> value.append(c);
                default -> decodable = false;
            }
            return at + 1;
        }

        /** Where the string goes on, or -1. */
        private int continuation(int from) {
            boolean newLine = false;
            int i = from;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (Lexer.isSpace(c)) {
                    newLine |= c == '\n' || c == '\r';
                    i++;
                } else if (c == '-' && i + 1 < text.length() && text.charAt(i + 1) == '-') {
                    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                        i++;
                    }
                } else {
                    return c == '\'' && newLine ? i : -1;
                }
            }
            return -1;
        }
    }
}
