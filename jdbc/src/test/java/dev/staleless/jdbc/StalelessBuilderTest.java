package dev.staleless.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Wrong settings are refused, with their name, the value and what is allowed. */
class StalelessBuilderTest {

    private static StalelessBuilder builder() {
        return Staleless.wrap(new PGSimpleDataSource()).store(MemoryStore.create());
    }

    private static void assertRefused(Runnable setting, String... parts) {
        assertThatThrownBy(setting::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    private static void assertRefused(String name, String value, String... parts) {
        assertRefused(
                () -> builder().properties(Map.of(name, value)), name, parts.length == 0 ? value : parts[0], value);
    }

    @Test
    void aStoreIsNeeded() {
        assertRefused(() -> Staleless.wrap(new PGSimpleDataSource()).build(), "store", "StoreProvider");
    }

    @Test
    void wrongValuesInCodeAreRefused() {
        assertRefused(() -> builder().profile("orders", Ops.all(), Duration.ofMinutes(1)), "orders", "schema.table");
        assertRefused(() -> builder().cacheEverything(Duration.ZERO), "ttl", "PT0S", "more than 0");
        assertRefused(() -> builder().maxTtl(Duration.ofSeconds(-1)).build(), "maxTtl", "PT-1S", "more than 0");
        assertRefused(() -> builder().namespace("").build(), "namespace", "1 to 64");
        assertRefused(
                () -> builder().coordinationTimeout(Duration.ofMillis(5)).build(), "coordinationTimeout", "PT0.005S");
        assertRefused(() -> builder().limits(-1, 0), "rows", "-1");
        assertRefused(() -> Staleless.cached(Duration.ZERO, () -> {}), "ttl");
    }

    @Test
    void wrongPropertiesAreRefused() {
        assertRefused("staleless.mode", "serving", "serve, report, off");
        assertRefused("staleless.snapshot", "loose", "strict, relaxed");
        assertRefused("staleless.cache-everything", "soon", "10m");
        assertRefused("staleless.limit-rows", "many", "whole number");
        assertRefused("staleless.limit-rows", "-5");
        assertRefused("staleless.images", "often", "auto, always, never");
        assertRefused("staleless.triggers.public.a", "none, b", "schema.table", "none alone");
        assertRefused("staleless.triggers.a", "none", "schema.table");
        assertRefused("staleless.create-tables", "yes", "true, false");
        assertRefused("staleless.profiles.public.a", "get", "ttl=10m");
        assertRefused("staleless.profiles.public.a", "got ttl=1m", "get, fetch, count, aggregate, exists");
        assertRefused("staleless.profiles.a", "get ttl=1m", "schema.table");
        assertRefused(
                () -> builder().properties(Map.of("staleless.modus", "serve")), "staleless.modus", "staleless.mode,");
    }

    @Test
    void propertiesOfOthersAreLeftAlone() {
        builder()
                .properties(Map.of(
                        "spring.name", "x",
                        "staleless.profiles.public.order*", "get, fetch ttl=10m",
                        "staleless.cache-everything", "60",
                        "staleless.mode", "Report",
                        "staleless.images", "never",
                        "staleless.triggers.public.a", "public.b, changed_at",
                        "staleless.namespace", "shop"));
    }
}
