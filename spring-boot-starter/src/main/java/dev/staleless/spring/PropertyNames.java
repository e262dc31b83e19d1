package dev.staleless.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names of properties, without {@code staleless.}, and the ways to write them. As everywhere in Spring Boot {@code max-ttl},
 * {@code maxTtl}, {@code max_ttl} and the environment's {@code STALELESS_MAXTTL} are one name. What tables, caches and beans are named
 * after is kept as it is written; in the environment, where it cannot be, a table is its schema, an underscore and its name in small
 * letters, and caches and beans are compared without case, dashes and underscores.
 */
final class PropertyNames {

    static final String PREFIX = "staleless.";
    static final String DATASOURCES = "datasources.";
    static final String CACHE_TTLS = "cache.ttls.";
    private static final String ENVIRONMENT = "STALELESS_";
    private static final List<String> TABLES = List.of("profiles.", "triggers.");

    /** What tables, beans and caches are named after. */
    static final List<String> MAPS = List.of("profiles.", "entities.", "triggers.", DATASOURCES, CACHE_TTLS);

    /** Stands before the names of beans and caches that come from the environment, in {@link #uniform} letters. */
    private static final String LOOSE = "~";

    private final Set<String> known;
    private final Set<String> ofDataSources;

    /**
     * @param own names of the starter alone
     * @param ofDataSources names that a data source may have for itself
     */
    PropertyNames(Set<String> own, Set<String> ofDataSources) {
        this.ofDataSources = ofDataSources;
        known = new TreeSet<>(ofDataSources);
        known.addAll(own);
    }

    static boolean isOurs(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(PREFIX) || name.startsWith(ENVIRONMENT);
    }

    /** The name of a bean or cache as it may have come from the environment. */
    static String loose(String name) {
        return LOOSE + uniform(name);
    }

    /**
     * The one name for all ways to write it.
     *
     * @throws StalelessSettingsException if there is none
     */
    String canonical(String raw) {
        String rest = raw.substring(PREFIX.length());
        String plain = plain(rest, known);
        if (plain != null) {
            return plain;
        }
        String named = raw.startsWith(ENVIRONMENT) ? ofEnvironment(rest) : ofMap(rest);
        if (named == null) {
            throw unknown(raw, rest, known);
        }
        return named;
    }

    private static @Nullable String plain(String written, Set<String> names) {
        for (String name : names) {
            if (uniform(name).equals(uniform(written))) {
                return name;
            }
        }
        return null;
    }

    private @Nullable String ofMap(String rest) {
        for (String map : MAPS) {
            String prefix = map.substring(0, map.length() - 1);
            int length = lengthOf(prefix, rest);
            if (length > 0 && rest.length() > length + 1) {
                String key = key(rest.substring(length));
                return key == null ? null : map.equals(DATASOURCES) ? ofDataSource(key, rest) : map + key;
            }
        }
        return null;
    }

    /** How much of a text is a prefix, in whichever way it is written; 0 if it does not begin with it. */
    private static int lengthOf(String prefix, String text) {
        for (int i = prefix.length() - 1; i < text.length(); i++) {
            char next = text.charAt(i);
            if ((next == '.' || next == '[') && uniform(text.substring(0, i)).equals(uniform(prefix))) {
                return i;
            }
        }
        return 0;
    }

    /** What stands in brackets or after a dot. */
    private static @Nullable String key(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return text.substring(1, text.length() - 1);
        }
        return text.startsWith(".") ? text.substring(1).replace("[", "").replace("]", "") : null;
    }

    private String ofDataSource(String key, String rest) {
        for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
            String setting = key.substring(dot + 1);
            String name = plain(setting, ofDataSources);
            boolean named = TABLES.stream().anyMatch(setting::startsWith) || setting.startsWith("entities.");
            if (name == null && named) {
                name = setting;
            }
            if (name != null) {
                return DATASOURCES + key.substring(0, dot) + "." + name;
            }
        }
        throw unknown(PREFIX + rest, key.substring(key.lastIndexOf('.') + 1), ofDataSources);
    }

    private @Nullable String ofEnvironment(String rest) {
        for (String map : TABLES) {
            if (rest.startsWith(environment(map)) && rest.indexOf('_', map.length()) > 0) {
                return map
                        + rest.substring(map.length()).toLowerCase(Locale.ROOT).replaceFirst("_", ".");
            }
        }
        if (rest.startsWith(environment(CACHE_TTLS))) {
            return CACHE_TTLS + loose(rest.substring(CACHE_TTLS.length()));
        } else if (!rest.startsWith(environment(DATASOURCES))) {
            return null;
        }
        String uniform = uniform(rest.substring(DATASOURCES.length()));
        String longest = "";
        for (String name : ofDataSources) {
            boolean ends = uniform.endsWith(uniform(name))
                    && uniform.length() > uniform(name).length();
            longest = ends && name.length() > longest.length() ? name : longest;
        }
        String bean = uniform.substring(0, uniform.length() - uniform(longest).length());
        return longest.isEmpty() ? null : DATASOURCES + LOOSE + bean + "." + longest;
    }

    private static String environment(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static StalelessSettingsException unknown(String raw, String written, Set<String> names) {
        return new StalelessSettingsException(
                raw + " is no property of Staleless.", "Did you mean " + PREFIX + nearest(written, names) + "?");
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(".", "");
    }

    /** The name with the fewest letters to change. */
    static String nearest(String name, Set<String> names) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String each : names) {
            int distance = distance(uniform(name), uniform(each));
            if (distance < least) {
                least = distance;
                best = each;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
