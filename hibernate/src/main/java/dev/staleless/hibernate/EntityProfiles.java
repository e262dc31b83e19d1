package dev.staleless.hibernate;

import dev.staleless.core.catalog.TableName;
import dev.staleless.jdbc.CacheResults;
import dev.staleless.jdbc.Caching;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is cached of entities. For an entity the most specific pattern holds that matches its name, those of the persistence unit before
 * those of the data source; otherwise its annotation, or that of the nearest class above it.
 *
 * <p>A table gets the profile of the highest class of a hierarchy that is stored in it and has one.
 */
final class EntityProfiles {

    private final Map<String, Caching> patterns;

    private EntityProfiles(Map<String, Caching> patterns) {
        this.patterns = patterns;
    }

    /** @throws IllegalArgumentException if a setting is not understood */
    static EntityProfiles of(Map<String, Object> settings, Map<String, Caching> ofDataSource) {
        Map<String, Caching> patterns = new LinkedHashMap<>(HibernateSettings.entities(settings));
        ofDataSource.forEach(patterns::putIfAbsent);
        return new EntityProfiles(patterns);
    }

    /** The profiles of tables. */
    Map<TableName, Caching> of(EntityTables tables) {
        Map<TableName, Caching> profiles = new LinkedHashMap<>();
        for (EntityTables.Entity entity : tables.fromTheTop()) {
            Caching caching = of(entity);
            if (caching != null) {
                entity.stored().forEach(table -> profiles.putIfAbsent(table, caching));
            }
        }
        return profiles;
    }

    /** Of how many entities something is cached. */
    long count(EntityTables tables) {
        return tables.fromTheTop().stream()
                .map(this::of)
                .filter(caching ->
                        caching != null && !caching.ops().operations().isEmpty())
                .count();
    }

    private @Nullable Caching of(EntityTables.Entity entity) {
        String best = null;
        for (String pattern : patterns.keySet()) {
            if (matches(pattern, 0, entity.name(), 0) && (best == null || specificity(pattern) > specificity(best))) {
                best = pattern;
            }
        }
        return best == null ? annotated(entity.type()) : patterns.get(best);
    }

    private static @Nullable Caching annotated(@Nullable Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            CacheResults annotation = each.getDeclaredAnnotation(CacheResults.class);
            if (annotation != null) {
                return Caching.of(annotation);
            }
        }
        return null;
    }

    private static boolean matches(String glob, int from, String text, int at) {
        if (from == glob.length()) {
            return at == text.length();
        }
        char c = glob.charAt(from);
        if (c == '*') {
            return matches(glob, from + 1, text, at) || at < text.length() && matches(glob, from, text, at + 1);
        }
        return at < text.length() && (c == '?' || c == text.charAt(at)) && matches(glob, from + 1, text, at + 1);
    }

    /** As of profiles of tables: a whole name more than any pattern, otherwise the characters that stand for themselves. */
    private static int specificity(String pattern) {
        long wild = pattern.chars().filter(c -> c == '*' || c == '?').count();
        return wild == 0 ? Integer.MAX_VALUE : pattern.length() - (int) wild;
    }
}
