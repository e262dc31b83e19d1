package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
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
 * <p>A query over several tables is cached if the profile of each allows its operation, for the shortest of their times.
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

    /** How long a result of the query is kept by the profiles; null if they do not ask for it. */
    @Nullable
    Duration ttl(QueryTemplate template) {
        Duration shortest = null;
        for (TableName table : template.tables()) {
            Profile profile = of(table);
            if (profile == null || !profile.ops().operations().contains(template.operation())) {
                return null;
            }
            if (shortest == null || profile.ttl().compareTo(shortest) < 0) {
                shortest = profile.ttl();
            }
        }
        return shortest;
    }
}
