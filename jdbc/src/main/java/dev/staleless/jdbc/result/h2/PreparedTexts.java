package dev.staleless.jdbc.result.h2;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements that the database has prepared without error, and how many parameters they have. The driver sends a statement
 * when it is prepared; one that was sent once need not be sent again to find out whether its text is right. Safe for any thread.
 */
final class PreparedTexts {
    /** Of texts in memory. Applications have some hundreds of statements. */
    private static final int MAX_CHARACTERS = 4_000_000;

    private final Map<String, Integer> parameters = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    synchronized @Nullable Integer parameters(String sql) {
        return parameters.get(sql);
    }

    synchronized void add(String sql, int count) {
        if (sql.length() > MAX_CHARACTERS / 16) {
            return;
        }
        if (parameters.put(sql, count) == null) {
            characters += sql.length();
        }
        var eldest = parameters.keySet().iterator();
        while (characters > MAX_CHARACTERS) {
            characters -= eldest.next().length();
            eldest.remove();
        }
    }

    synchronized void clear() {
        parameters.clear();
        characters = 0;
    }
}
