package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.query.QueryTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The profiles, and which one holds for a table: the most specific that matches it, as in cacheops, where {@code app.model}
 * comes before {@code app.*} and that before {@code *.*}. Of two equally specific ones the first given holds.
 *
 * <p>A query over several tables is cached if the profile of each allows its operation, for the shortest of their times,
 * under a lock if all say so, and stale for no longer than each allows.
 */
final class Profiles {

    private final List<Profile> bySpecificity;
    private final Map<TableName, Optional<Profile>> found = new ConcurrentHashMap<>();

    Profiles(List<Profile> given) {
        List<Profile> sorted = new ArrayList<>(given);
        sorted.sort(
                Comparator.comparingInt((Profile profile) -> profile.pattern().specificity())
                        .reversed());
        this.bySpecificity = List.copyOf(sorted);
    }

    List<Profile> all() {
        return bySpecificity;
    }

    /** The profile of a table, or null. */
    @Nullable
    Profile of(TableName table) {
        return found.computeIfAbsent(table, this::find).orElse(null);
    }

    private Optional<Profile> find(TableName table) {
        return bySpecificity.stream()
                .filter(profile -> profile.pattern().matches(table))
                .findFirst();
    }

    /** How a result of the query is kept by the profiles; null if they do not ask for it. */
    @Nullable
    Keeping keeping(QueryTemplate template) {
        Keeping all = null;
        for (TableName table : template.tables()) {
            Profile profile = of(table);
            if (profile == null || !profile.ops().operations().contains(template.operation())) {
                return null;
            }
            all = all == null ? profile.keeping() : both(all, profile.keeping());
        }
        return all;
    }

    private static Keeping both(Keeping one, Keeping other) {
        return new Keeping(
                least(one.ttl(), other.ttl()), one.lock() && other.lock(), least(one.allowStale(), other.allowStale()));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
