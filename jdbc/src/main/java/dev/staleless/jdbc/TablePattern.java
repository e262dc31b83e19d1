package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;

/**
 * A glob pattern of table names, {@code schema.table}: {@code *} stands for any characters, {@code ?} for one, in each part
 * for itself. Everything else stands for itself, in the catalog's spelling.
 */
record TablePattern(String schema, String table) {

    /**
     * Reads a pattern; its first dot separates the parts.
     *
     * @throws IllegalArgumentException if there are no two parts
     */
    static TablePattern parse(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0 || dot == text.length() - 1) {
            throw new IllegalArgumentException("profile pattern = '" + text
                    + "': allowed is schema.table, where * stands for any characters and ? for one");
        }
        return new TablePattern(text.substring(0, dot), text.substring(dot + 1));
    }

    boolean matches(TableName name) {
        return matches(schema, 0, name.schema(), 0) && matches(table, 0, name.name(), 0);
    }

    private static boolean matches(String glob, int from, String text, int at) {
        if (from == glob.length()) {
            return at == text.length();
        }
        char c = glob.charAt(from);
        if (c == '*') {
            return matches(glob, from + 1, text, at) || (at < text.length() && matches(glob, from, text, at + 1));
        }
        return at < text.length() && (c == '?' || c == text.charAt(at)) && matches(glob, from + 1, text, at + 1);
    }

    /**
     * How much of a name the pattern fixes: a whole name more than any pattern, otherwise the number of characters that stand
     * for themselves.
     */
    int specificity() {
        String both = schema + table;
        long wild = both.chars().filter(c -> c == '*' || c == '?').count();
        return wild == 0 ? Integer.MAX_VALUE : both.length() - (int) wild;
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
