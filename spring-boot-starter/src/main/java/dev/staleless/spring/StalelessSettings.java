package dev.staleless.spring;

import dev.staleless.core.store.near.NearSettings;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * What an application's properties named {@code staleless.*} say. Every name is looked at: one that is none is refused, with the one
 * that is nearest to it. Names may be written in any of the ways that Spring Boot knows, those of tables and beans as they are; in
 * environment variables they cannot be.
 */
final class StalelessSettings {

    /** Where results are kept. */
    enum StoreKind {
        MEMORY,
        REDIS
    }

    private static final String PREFIX = "staleless.";
    private static final String DATASOURCES = "datasources.";
    private static final String CACHE_TTLS = "cache.ttls.";

    private static final Set<String> BUILDERS =
            Staleless.wrap(new SimpleDriverDataSource()).propertyNames();

    /** Names of this starter alone. The others are those of the builder. */
    static final Set<String> OWN = Set.of(
            "enabled",
            "store",
            "redis.uri",
            "redis.near",
            "redis.near-bytes",
            "redis.near-bound",
            "exclude",
            "cache.enabled",
            "cache.ttl",
            "cache.datasource");

    /** What tables, beans and caches are named after. */
    static final List<String> MAPS = List.of("profiles.", "entities.", "triggers.", DATASOURCES, CACHE_TTLS);

    private final Map<String, String> values = new TreeMap<>();

    private StalelessSettings(Environment environment) {
        Set<String> known = new TreeSet<>(BUILDERS);
        known.addAll(OWN);
        for (String raw : names(environment)) {
            String name = known(raw, known);
            String value = environment.getProperty(raw);
            if (value != null) {
                values.putIfAbsent(name, value.strip());
            }
        }
        // bad values of these are told at the start, not when they are first used
        var store = store();
        var near = near();
        var enabled = cacheEnabled();
        var ttl = cacheTtl("");
        values.keySet().stream().filter(name -> name.startsWith(CACHE_TTLS)).forEach(name -> {
            var unused = time(name, values.getOrDefault(name, ""));
        });
    }

    /** @throws StalelessSettingsException if a name or a value is none */
    static StalelessSettings of(Environment environment) {
        return new StalelessSettings(environment);
    }

    private static Set<String> names(Environment environment) {
        Set<String> names = new TreeSet<>();
        if (environment instanceof ConfigurableEnvironment configurable) {
            for (PropertySource<?> source : configurable.getPropertySources()) {
                if (source instanceof EnumerablePropertySource<?> enumerable) {
                    for (String name : enumerable.getPropertyNames()) {
                        String lower = name.toLowerCase(Locale.ROOT);
                        if (lower.startsWith(PREFIX) || lower.startsWith("staleless_")) {
                            names.add(name);
                        }
                    }
                }
            }
        }
        return names;
    }

    /** The canonical name of a property. */
    private static String known(String raw, Set<String> known) {
        String rest = raw.substring(PREFIX.length());
        for (String map : MAPS) {
            String prefix = map.substring(0, map.length() - 1);
            if (uniform(rest).startsWith(uniform(prefix)) && rest.length() > map.length()) {
                String key = rest.substring(prefix.length());
                if (key.startsWith("[") && key.endsWith("]")) {
                    return map + key.substring(1, key.length() - 1);
                } else if (key.startsWith(".")) {
                    return map + key.substring(1).replace("[", "").replace("]", "");
                }
            }
        }
        for (String name : known) {
            if (uniform(name).equals(uniform(rest))) {
                return name;
            }
        }
        throw new StalelessSettingsException(
                raw + " is no property of Staleless.", "Did you mean " + PREFIX + nearest(rest, known) + "?");
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

    private @Nullable String value(String name) {
        return values.get(name);
    }

    private static Duration time(String name, String text) {
        try {
            Duration time = DurationStyle.detectAndParse(text, java.time.temporal.ChronoUnit.SECONDS);
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("more than 0 is allowed");
            }
            return time;
        } catch (IllegalArgumentException e) {
            throw bad(name, text, "a time such as 500ms, 60s, 10m, 1h");
        }
    }

    private static StalelessSettingsException bad(String name, String value, String allowed) {
        return new StalelessSettingsException(
                PREFIX + name + " = " + value + " is not allowed.", "Allowed is " + allowed + ".");
    }

    private boolean bool(String name, boolean otherwise) {
        String value = value(name);
        if (value == null) {
            return otherwise;
        } else if (!Set.of("true", "false").contains(value.toLowerCase(Locale.ROOT))) {
            throw bad(name, value, "true or false");
        }
        return Boolean.parseBoolean(value);
    }

    StoreKind store() {
        String value = value("store");
        if (value == null) {
            return StoreKind.MEMORY;
        }
        for (StoreKind kind : StoreKind.values()) {
            if (kind.name().equalsIgnoreCase(value)) {
                return kind;
            }
        }
        throw bad("store", value, "memory or redis; the nearest is " + nearest(value, Set.of("memory", "redis")));
    }

    String redisUri() {
        String value = value("redis.uri");
        return value == null ? "redis://localhost:6379" : value;
    }

    /** How results are kept in the process too; null if they are not. */
    @Nullable
    NearSettings near() {
        NearSettings near = NearSettings.DEFAULTS;
        String bytes = value("redis.near-bytes");
        String bound = value("redis.near-bound");
        try {
            near = bytes == null ? near : near.withMaxBytes(Long.parseLong(bytes));
        } catch (IllegalArgumentException e) {
            throw bad("redis.near-bytes", String.valueOf(bytes), "a whole number of 1 or more");
        }
        if (bound != null) {
            Duration time = time("redis.near-bound", bound);
            try {
                near = near.withBound(time);
            } catch (IllegalArgumentException e) {
                throw bad("redis.near-bound", bound, "a time from 10ms to 10s");
            }
        }
        return isOn("redis.near") ? near : null;
    }

    /** YAML takes on and off for true and false. */
    private boolean isOn(String name) {
        String value = value(name);
        return switch (value == null ? "off" : value.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw bad(name, String.valueOf(value), "on or off");
        };
    }

    /** Names of the beans that are not wrapped. */
    Set<String> exclude() {
        String value = value("exclude");
        Set<String> names = new HashSet<>();
        if (value != null) {
            Arrays.stream(value.split(",")).map(String::strip).forEach(names::add);
        }
        return names;
    }

    boolean cacheEnabled() {
        return bool("cache.enabled", true);
    }

    /** How long a method's values are kept. */
    Duration cacheTtl(String cache) {
        String name = values.containsKey(CACHE_TTLS + cache) ? CACHE_TTLS + cache : "cache.ttl";
        String value = value(name);
        return value == null ? Duration.ofHours(1) : time(name, value);
    }

    /** Name of the data source that cacheable methods ask; null for the primary one. */
    @Nullable
    String cacheDataSource() {
        return value("cache.datasource");
    }

    /** Sets everything that is said of a data source's wrapper. */
    void apply(String dataSource, StalelessBuilder builder) {
        Map<String, String> settings = new HashMap<>();
        String own = DATASOURCES + dataSource + ".";
        List<String> others = new ArrayList<>();
        values.forEach((name, value) -> {
            if (!OWN.contains(name) && !name.startsWith(DATASOURCES) && !name.startsWith(CACHE_TTLS)) {
                settings.put(PREFIX + name, value);
            } else if (name.startsWith(own)) {
                others.add(name);
            }
        });
        others.forEach(name ->
                settings.put(PREFIX + canonical(name.substring(own.length())), String.valueOf(values.get(name))));
        try {
            builder.properties(settings);
        } catch (IllegalArgumentException e) {
            throw new StalelessSettingsException(
                    String.valueOf(e.getMessage()), "Change the property, or take it away.");
        }
    }

    private static String canonical(String name) {
        for (String known : BUILDERS) {
            if (uniform(known).equals(uniform(name))) {
                return known;
            }
        }
        return name;
    }
}
