package dev.staleless.spring;

import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.core.store.near.NearSettings;
import dev.staleless.redis.RedisStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the store that the properties ask for. What they do not say is as the store has it by itself. */
final class StoreSettings {

    /** Names of its properties. */
    static final Set<String> NAMES = Set.of(
            "store",
            "memory.max-bytes",
            "redis.uri",
            "redis.prefix",
            "redis.timeout",
            "redis.connect-timeout",
            "redis.read-connections",
            "redis.max-entry-ttl",
            "redis.trusted-certificates",
            "redis.near",
            "redis.near-bytes",
            "redis.near-bound");

    private static final Set<String> KINDS = Set.of("memory", "redis");

    private final SettingValues values;

    StoreSettings(SettingValues values) {
        this.values = values;
    }

    /** @throws StalelessSettingsException if a value is not allowed; nothing is connected to yet */
    StoreProvider make() {
        String kind = values.text("store", "memory").toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "memory" -> memory();
            case "redis" -> redis();
            default ->
                throw SettingValues.bad(
                        "store", kind, "memory or redis; the nearest is " + PropertyNames.nearest(kind, KINDS));
        };
    }

    private StoreProvider memory() {
        MemoryStore.Builder builder = MemoryStore.builder();
        ifSet("memory.max-bytes", text -> builder.maxBytes(values.number("memory.max-bytes", text)));
        return builder.build();
    }

    private StoreProvider redis() {
        String uri = values.text("redis.uri", "redis://localhost:6379");
        try {
            return redis(RedisStore.builder(uri));
        } catch (IllegalArgumentException e) {
            throw SettingValues.bad("redis.uri", uri, "what the store says: " + e.getMessage());
        }
    }

    private StoreProvider redis(RedisStore.Builder builder) {
        ifSet("redis.prefix", builder::prefix);
        ifSet("redis.timeout", text -> builder.timeout(time("redis.timeout", text)));
        ifSet("redis.connect-timeout", text -> builder.connectTimeout(time("redis.connect-timeout", text)));
        ifSet("redis.max-entry-ttl", text -> builder.maxEntryTtl(time("redis.max-entry-ttl", text)));
        ifSet(
                "redis.read-connections",
                text -> builder.readConnections(Math.toIntExact(values.number("redis.read-connections", text))));
        ifSet("redis.trusted-certificates", text -> builder.trustedCertificates(Path.of(text)));
        NearSettings near = near();
        if (near != null) {
            builder.near(near);
        }
        return builder.build();
    }

    /** How results are kept in the process too; null if they are not. */
    @Nullable
    NearSettings near() {
        NearSettings near = NearSettings.DEFAULTS;
        String bytes = values.text("redis.near-bytes");
        if (bytes != null) {
            near = near.withMaxBytes(values.number("redis.near-bytes", bytes));
        }
        Duration bound = values.time("redis.near-bound", near.bound());
        try {
            near = near.withBound(bound);
        } catch (IllegalArgumentException e) {
            throw SettingValues.bad("redis.near-bound", values.text("redis.near-bound", ""), "a time from 10ms to 10s");
        }
        return values.isOn("redis.near") ? near : null;
    }

    private static Duration time(String name, String text) {
        return SettingValues.time(name, text);
    }

    private void ifSet(String name, Consumer<String> setting) {
        String text = values.text(name);
        if (text != null) {
            try {
                setting.accept(text);
            } catch (IllegalArgumentException e) {
                throw SettingValues.bad(name, text, "what the store says: " + e.getMessage());
            }
        }
    }
}
