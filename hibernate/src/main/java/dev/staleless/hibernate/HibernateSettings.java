package dev.staleless.hibernate;

import dev.staleless.jdbc.Caching;
import java.util.Map;
import java.util.TreeMap;

/** Settings of a persistence unit that are named {@code staleless.hibernate.*}: each is on unless it is set to false. */
enum HibernateSettings {
    /** Hints of queries, for which sessions and queries are observed. */
    HINTS("staleless.hibernate.hints"),
    /** Statistics by entity and by query. */
    STATISTICS("staleless.hibernate.statistics");

    private static final String ENTITIES = "staleless.entities.";

    private final String key;

    HibernateSettings(String key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException if the value is neither true nor false */
    boolean of(Map<?, ?> settings) {
        Object value = settings.get(key);
        String text = value == null ? "true" : value.toString().strip();
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(key + " = " + value + ": allowed are true, false");
        }
        return Boolean.parseBoolean(text);
    }

    /**
     * Profiles of entities, by pattern.
     *
     * @throws IllegalArgumentException if one is not understood
     */
    static Map<String, Caching> entities(Map<String, Object> settings) {
        Map<String, Caching> found = new TreeMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(ENTITIES)) {
                found.put(name.substring(ENTITIES.length()), parse(name, String.valueOf(value)));
            }
        });
        return found;
    }

    private static Caching parse(String name, String value) {
        try {
            return Caching.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " = " + value + ": " + e.getMessage(), e);
        }
    }
}
