package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.core.store.near.NearSettings;
import dev.staleless.jdbc.Staleless;
import dev.staleless.redis.RedisStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StalelessSettingsTest {

    private static StalelessSettings settings(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return StalelessSettings.of(environment);
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> settings(Map.of("staleless.namespce", "x")))
                .isInstanceOfSatisfying(StalelessSettingsException.class, e -> {
                    assertThat(e).hasMessageContaining("staleless.namespce");
                    assertThat(e.action()).contains("staleless.namespace?");
                });
        assertThatThrownBy(() -> settings(Map.of("staleless.store", "rediss")))
                .isInstanceOfSatisfying(
                        StalelessSettingsException.class,
                        e -> assertThat(e.action()).contains("redis"));
        assertThatThrownBy(() -> settings(Map.of("staleless.cache.ttl", "soon")))
                .isInstanceOf(StalelessSettingsException.class)
                .hasMessageContaining("staleless.cache.ttl = soon");
    }

    @Test
    void theNearCacheIsOffUnlessItIsAskedFor() {
        assertThat(settings(Map.of()).near()).isNull();
        assertThat(settings(Map.of("staleless.redis.near", "on")).near()).isEqualTo(NearSettings.DEFAULTS);
        assertThat(settings(Map.of(
                                "staleless.redis.near", "ON",
                                "staleless.redis.near-bytes", "1000",
                                "staleless.redis.nearBound", "50ms"))
                        .near())
                .isEqualTo(new NearSettings(1_000, Duration.ofMillis(50)));
        assertThatThrownBy(() -> settings(Map.of("staleless.redis.near", "yes")))
                .isInstanceOf(StalelessSettingsException.class)
                .hasMessageContaining("staleless.redis.near = yes");
        assertThatThrownBy(() -> settings(Map.of("staleless.redis.near-bound", "1m")))
                .isInstanceOfSatisfying(
                        StalelessSettingsException.class,
                        e -> assertThat(e.action()).contains("from 10ms to 10s"));
        assertThatThrownBy(() -> settings(Map.of("staleless.redis.near-bytes", "64M")))
                .isInstanceOf(StalelessSettingsException.class)
                .hasMessageContaining("staleless.redis.near-bytes = 64M");
    }

    @Test
    void aBadValueOfTheBuildersIsRefused() {
        StalelessSettings settings = settings(Map.of("staleless.mode", "sometimes"));
        assertThatThrownBy(() -> settings.apply("x", Staleless.wrap(new SimpleDriverDataSource())))
                .isInstanceOf(StalelessSettingsException.class)
                .hasMessageContaining("staleless.mode = sometimes")
                .hasMessageContaining("serve, report, off");
    }

    @Test
    void namesMayBeWrittenInManyWays() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "systemEnvironment", Map.of("STALELESS_MAX_TTL", "1h", "STALELESS_CACHE_TTL", "5m")));
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "staleless.limitRows", "10",
                                "staleless.cache.ttls.products", "7s",
                                "staleless.datasources.reports.mode", "off",
                                "staleless.profiles[public.item*]", "all ttl=1m",
                                "staleless.profiles.public.country", "get ttl=1h")));
        StalelessSettings settings = StalelessSettings.of(environment);
        assertThat(settings.cacheTtl("products")).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.cacheTtl("others")).isEqualTo(Duration.ofMinutes(5));
        settings.apply("reports", Staleless.wrap(new SimpleDriverDataSource()));
    }

    private static StalelessSettings ofEnvironment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        return StalelessSettings.of(environment);
    }

    @Test
    void variablesOfTheEnvironmentNameTablesCachesAndBeansToo() {
        StalelessSettings settings = ofEnvironment(Map.of(
                "STALELESS_PROFILES_PUBLIC_ORDER_LINE", "get ttl=soon",
                "STALELESS_CACHE_TTLS_TOPPRODUCTS", "7s",
                "STALELESS_DATASOURCES_REPORTSDATASOURCE_MAXTTL", "never"));
        assertThat(settings.cacheTtl("top-products")).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.cacheTtl("other")).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> settings.apply("other", Staleless.wrap(new SimpleDriverDataSource())))
                .hasMessageContaining("staleless.profiles.public.order_line = get ttl=soon");
        assertThatThrownBy(() -> ofEnvironment(Map.of("STALELESS_DATASOURCES_REPORTSDATASOURCE_MAXTTL", "never"))
                        .apply("reportsDataSource", Staleless.wrap(new SimpleDriverDataSource())))
                .hasMessageContaining("staleless.max-ttl = never");
        assertThatThrownBy(() -> ofEnvironment(Map.of("STALELESS_MODUS", "serve")))
                .isInstanceOfSatisfying(
                        StalelessSettingsException.class,
                        e -> assertThat(e.action()).contains("staleless.mode?"));
    }

    @Test
    void theSourceThatComesFirstSaysWhatANameMeansHoweverItIsWritten() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of("staleless.cache.ttl", "1m")));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("STALELESS_CACHETTL", "2m")));
        environment.getPropertySources().addFirst(new MapPropertySource("line", Map.of("staleless.cacheTtl", "3m")));
        assertThat(StalelessSettings.of(environment).cacheTtl("any")).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aDataSourcesOwnSettingThatIsNoneIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> settings(Map.of("staleless.datasources.reports.mdoe", "off")))
                .isInstanceOfSatisfying(StalelessSettingsException.class, e -> {
                    assertThat(e).hasMessageContaining("staleless.datasources.reports.mdoe");
                    assertThat(e.action()).contains("staleless.mode?");
                });
    }

    @Test
    void storesAreMadeAsTheyAreAskedFor() {
        assertThat(settings(Map.of("staleless.memory.max-bytes", "1000000")).store())
                .isInstanceOf(MemoryStore.class);
        Map<String, Object> near = Map.of(
                "staleless.store", "redis",
                "staleless.redis.near", "true",
                "staleless.redis.nearBound", "50ms",
                "staleless.redis.timeout", "2s");
        assertThat(settings(near).store()).isInstanceOf(RedisStore.class);
        assertThatThrownBy(() -> settings(Map.of("staleless.memory.max-bytes", "much")))
                .isInstanceOf(StalelessSettingsException.class)
                .hasMessageContaining("staleless.memory.max-bytes = much");
        assertThatThrownBy(
                        () -> settings(Map.of("staleless.store", "redis", "staleless.redis.uri", "http://localhost")))
                .hasMessageContaining("http");
    }

    @Test
    void theMetadataListsEveryName() throws Exception {
        JsonNode metadata;
        try (var in = StalelessSettings.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            metadata = JsonMapper.shared().readTree(in);
        }
        Set<String> listed = new TreeSet<>();
        metadata.get("properties").forEach(each -> listed.add(each.get("name").asString()));
        Set<String> known = new TreeSet<>();
        Staleless.wrap(new SimpleDriverDataSource()).propertyNames().forEach(name -> known.add("staleless." + name));
        StalelessSettings.OWN.forEach(name -> known.add("staleless." + name));
        PropertyNames.MAPS.forEach(name -> known.add("staleless." + name.substring(0, name.length() - 1)));
        assertThat(listed).isEqualTo(known);
    }
}
