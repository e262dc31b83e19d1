package dev.staleless.spring;

import static dev.staleless.spring.PropertyNames.CACHE_TTLS;
import static dev.staleless.spring.PropertyNames.DATASOURCES;
import static dev.staleless.spring.PropertyNames.PREFIX;

import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.near.NearSettings;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * What an application's properties named {@code staleless.*} say. Every name is looked at: one that is none is refused, with the one
 * that is nearest to it. A name that is set in several ways has the value of the source that Spring Boot asks first.
 */
final class StalelessSettings {

    private static final Set<String> BUILDERS =
            Staleless.wrap(new SimpleDriverDataSource()).propertyNames();

    /** Names of this starter alone. The others are those of the builder. */
    static final Set<String> OWN = own();

    private static final Duration CACHE_TTL = Duration.ofHours(1);

    private final SettingValues values;

    private StalelessSettings(Environment environment) {
        PropertyNames names = new PropertyNames(OWN, BUILDERS);
        Map<String, String> found = new TreeMap<>();
        for (String raw : names(environment)) {
            String value = environment.getProperty(raw);
            String name = names.canonical(raw);
            if (value != null) {
                found.putIfAbsent(name, value.strip());
            }
        }
        values = new SettingValues(found);
        checkNow();
    }

    private static Set<String> own() {
        Set<String> own = new HashSet<>(StoreSettings.NAMES);
        own.addAll(List.of("enabled", "exclude", "cache.enabled", "cache.ttl", "cache.datasource"));
        return Set.copyOf(own);
    }

    /** Bad values are told at the start, not when they are first used. */
    private void checkNow() {
        var enabled = cacheEnabled();
        var ttl = values.time("cache.ttl", CACHE_TTL);
        values.all().forEach((name, text) -> {
            if (name.startsWith(CACHE_TTLS)) {
                var unused = SettingValues.time(name, text);
            }
        });
        var near = near();
        var store = store();
    }

    /** @throws StalelessSettingsException if a name or a value is none */
    static StalelessSettings of(Environment environment) {
        return new StalelessSettings(environment);
    }

    /** All names, those of the source that is asked first before the others. */
    private static Set<String> names(Environment environment) {
        Set<String> names = new LinkedHashSet<>();
        if (environment instanceof ConfigurableEnvironment configurable) {
            for (PropertySource<?> source : configurable.getPropertySources()) {
                if (source instanceof EnumerablePropertySource<?> enumerable) {
                    Arrays.stream(enumerable.getPropertyNames())
                            .filter(PropertyNames::isOurs)
                            .sorted()
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    /** A new store as it is asked for; nothing is connected to yet. */
    StoreProvider store() {
        return new StoreSettings(values).make();
    }

    /** How results are kept in the process too; null if they are not. */
    @Nullable
    NearSettings near() {
        return new StoreSettings(values).near();
    }

    /** Names of the beans that are not wrapped. */
    Set<String> exclude() {
        String value = values.text("exclude");
        Set<String> names = new HashSet<>();
        if (value != null) {
            Arrays.stream(value.split(",")).map(String::strip).forEach(names::add);
        }
        return names;
    }

    boolean cacheEnabled() {
        return values.bool("cache.enabled", true);
    }

    /** How long a method's values are kept. */
    Duration cacheTtl(String cache) {
        for (String name : List.of(CACHE_TTLS + cache, CACHE_TTLS + PropertyNames.loose(cache))) {
            if (values.text(name) != null) {
                return values.time(name, CACHE_TTL);
            }
        }
        return values.time("cache.ttl", CACHE_TTL);
    }

    /** Name of the data source that cacheable methods ask; null for the primary one. */
    @Nullable
    String cacheDataSource() {
        return values.text("cache.datasource");
    }

    /** Sets everything that is said of a data source's wrapper. */
    void apply(String dataSource, StalelessBuilder builder) {
        Map<String, String> settings = new HashMap<>();
        values.all().forEach((name, value) -> {
            if (!OWN.contains(name) && !name.startsWith(DATASOURCES) && !name.startsWith(CACHE_TTLS)) {
                settings.put(PREFIX + name, value);
            }
        });
        own(DATASOURCES + dataSource + ".", settings);
        own(DATASOURCES + PropertyNames.loose(dataSource) + ".", settings);
        try {
            builder.properties(settings);
        } catch (IllegalArgumentException e) {
            throw new StalelessSettingsException(
                    String.valueOf(e.getMessage()), "Change the property, or take it away.");
        }
    }

    /** What one data source has for itself. */
    private void own(String prefix, Map<String, String> settings) {
        values.all().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                settings.put(PREFIX + name.substring(prefix.length()), value);
            }
        });
    }
}
