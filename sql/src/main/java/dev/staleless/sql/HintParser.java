package dev.staleless.sql;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@link CacheHint} among the comments of a statement. */
final class HintParser {

    private static final String PREFIX = "staleless:";
    private static final Pattern TTL = Pattern.compile("ttl\\s*=\\s*(\\d{1,9})\\s*(ms|s|m|h)?");

    private HintParser() {}

    static CacheHint parse(List<String> comments) {
        CacheHint found = new CacheHint.None();
        for (String comment : comments) {
            String content = comment.strip();
            if (!content.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                continue;
            }
            CacheHint hint = parseOne(content.substring(PREFIX.length()).strip().toLowerCase(Locale.ROOT));
            if (!(found instanceof CacheHint.None) && !found.equals(hint)) {
                return new CacheHint.Invalid("two hints in one statement that differ: " + found + " and " + hint);
            }
            found = hint;
        }
        return found;
    }

    private static CacheHint parseOne(String content) {
        if (content.equals("off")) {
            return new CacheHint.Off();
        }
        if (content.equals("refresh")) {
            return new CacheHint.Refresh();
        }
        Matcher ttl = TTL.matcher(content);
        if (!ttl.matches()) {
            return new CacheHint.Invalid(
                    "hint '" + content + "' is none of: off, refresh, ttl=N, ttl=Nms, ttl=Ns, ttl=Nm, ttl=Nh");
        }
        Duration duration = duration(Long.parseLong(ttl.group(1)), ttl.group(2));
        return duration.isZero()
                ? new CacheHint.Invalid("hint '" + content + "': ttl must be more than 0; to forbid caching say off")
                : new CacheHint.Ttl(duration);
    }

    private static Duration duration(long amount, @Nullable String unit) {
        if (unit == null) {
            return Duration.ofSeconds(amount);
        }
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
