package dev.staleless.jdbc;

import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.OutageSettings.WhenUnreachable;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.policy.Revalidate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads settings from properties named {@code staleless.*}, as {@link StalelessBuilder#properties} lists them. */
final class PropertySettings {

    private static final String PREFIX = "staleless.";
    private static final String PROFILES = "profiles.";
    private static final String TRIGGERS = "triggers.";
    private static final String ENTITIES = "entities.";
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");
    private static final Pattern PROFILE = Pattern.compile(
            "(.+?)\\s+ttl\\s*=\\s*(\\S+)(?:\\s+lock\\s*=\\s*(on|off))?(?:\\s+allow-stale\\s*=\\s*(\\S+))?"
                    + "(?:\\s+admission\\s*=\\s*(adaptive|always))?");

    private final StalelessBuilder builder;
    private final Map<String, Consumer<String>> known = new TreeMap<>();
    private int rows = Limits.DEFAULT.rows();
    private int bytes = Limits.DEFAULT.bytes();

    PropertySettings(StalelessBuilder builder) {
        this.builder = builder;
        known.put("cache-everything", text -> builder.cacheEverything(time(text)));
        known.put("mode", text -> builder.mode(mode(text)));
        known.put("snapshot", text -> this.builder.snapshot(snapshot(text)));
        known.put("verify", text -> builder.verify(share(text)));
        known.put("namespace", builder::namespace);
        known.put("max-ttl", text -> builder.maxTtl(time(text)));
        known.put("flight-wait", text -> builder.flightWait(time(text)));
        known.put("reclaim-every", text -> builder.reclaimEvery(time(text)));
        known.put("admission", text -> builder.admission(admission(text)));
        known.put("images", text -> builder.images(images(text)));
        known.put("revalidate", text -> builder.revalidate(revalidate(text)));
        known.put("limit-rows", text -> builder.limits(rows = number(text), bytes));
        known.put("limit-bytes", text -> builder.limits(rows, bytes = number(text)));
        known.put("when-unreachable", text -> builder.whenUnreachable(whenUnreachable(text)));
        known.put("store-pause", text -> builder.storePause(time(text)));
        known.put("barrier-wait", text -> builder.barrierWait(time(text)));
        known.put("max-waiting-writes", text -> builder.maxWaitingWrites(number(text)));
        known.put("create-tables", text -> builder.createTables(bool(text)));
        known.put("coordination-schema", builder::coordinationSchema);
        known.put("advisory-locks", text -> builder.advisoryLocks(bool(text)));
        known.put("coordination-timeout", text -> builder.coordinationTimeout(time(text)));
    }

    /** The names that are known, without prefix, but those that name tables. */
    Set<String> names() {
        return Set.copyOf(known.keySet());
    }

    void apply(Map<?, ?> values) {
        Map<String, String> sorted = new TreeMap<>();
        values.forEach((name, value) ->
                sorted.put(String.valueOf(name), String.valueOf(value).strip()));
        sorted.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                set(name, name.substring(PREFIX.length()), value);
            }
        });
    }

    private void set(String name, String key, String value) {
        Consumer<String> setting = known.get(key);
        if (key.startsWith(PROFILES)) {
            setting = text -> profile(key.substring(PROFILES.length()), text);
        } else if (key.startsWith(ENTITIES)) {
            setting = text -> builder.entityProfile(key.substring(ENTITIES.length()), Caching.parse(text));
        } else if (key.startsWith(TRIGGERS)) {
            setting = text -> builder.triggers(key.substring(TRIGGERS.length()), text.split("\\s*,\\s*"));
        }
        if (setting == null) {
            String allowed = known.keySet().stream().map(PREFIX::concat).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    name + " is no property: allowed are " + allowed + ", " + PREFIX + PROFILES + "SCHEMA.TABLE, "
                            + PREFIX + ENTITIES + "CLASS and " + PREFIX + TRIGGERS + "SCHEMA.TABLE");
        }
        try {
            setting.accept(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " = " + value + ": " + e.getMessage(), e);
        }
    }

    private void profile(String pattern, String text) {
        Caching caching = caching(text);
        builder.profile(pattern, caching.ops(), caching.keeping());
    }

    static Caching caching(String text) {
        Matcher matcher = PROFILE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "allowed are kinds of queries and a time, as in 'get,fetch ttl=10m', then"
                            + " lock=on or lock=off, then allow-stale and a time, then admission=adaptive or admission=always");
        }
        Duration ttl = time(matcher.group(2));
        Duration allowStale = matcher.group(4) == null ? Duration.ZERO : time(matcher.group(4));
        Admission admission = matcher.group(5) == null ? Admission.ADAPTIVE : admission(matcher.group(5));
        return new Caching(
                Ops.parse(matcher.group(1)), new Keeping(ttl, !"off".equals(matcher.group(3)), allowStale, admission));
    }

    private static Mode mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowed are serve, report, off"));
    }

    private static WhenUnreachable whenUnreachable(String text) {
        return Arrays.stream(WhenUnreachable.values())
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowed are proceed, refuse"));
    }

    private static Admission admission(String text) {
        return Arrays.stream(Admission.values())
                .filter(admission -> admission.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowed are adaptive, always"));
    }

    private static Images images(String text) {
        return Arrays.stream(Images.values())
                .filter(images -> images.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowed are auto, always, never"));
    }

    private static Revalidate revalidate(String text) {
        return Arrays.stream(Revalidate.values())
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowed are auto, always, never"));
    }

    private static Snapshot snapshot(String text) {
        return Arrays.stream(Snapshot.values())
                .filter(snapshot -> snapshot.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowed are strict, relaxed"));
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("allowed are true, false");
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("allowed is a whole number of 0 or more", e);
        }
    }

    private static double share(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("allowed is a share from 0 to 1, such as 0.001", e);
        }
    }

    static Duration time(String text) {
        Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "allowed is a number with ms, s, m, h or d, or of seconds, such as 500ms, 60, 10m");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        return switch (unit == null ? "s" : unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
