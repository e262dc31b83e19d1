package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.query.QueryTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
 * under a lock if all say so, even where it does not pay if all say so, and stale for no longer than each allows.
 */
final class Profiles {

    private final List<Profile> given;
    private final Map<String, Caching> entities;
    private final Map<TablePattern, Profile> added = new LinkedHashMap<>();
    private volatile Sorted sorted;

    /** The profiles in force, and what was found among them. */
    private record Sorted(List<Profile> bySpecificity, Map<TableName, Optional<Profile>> found) {

        static Sorted of(List<Profile> profiles) {
            List<Profile> sorted = new ArrayList<>(profiles);
            sorted.sort(Comparator.comparingInt(
                            (Profile profile) -> profile.pattern().specificity())
                    .reversed());
            return new Sorted(List.copyOf(sorted), new ConcurrentHashMap<>());
        }

        private Optional<Profile> of(TableName table) {
            return found.computeIfAbsent(table, this::find);
        }

        private Optional<Profile> find(TableName table) {
            return bySpecificity.stream()
                    .filter(profile -> profile.pattern().matches(table))
                    .findFirst();
        }
    }

    Profiles(List<Profile> given) {
        this(given, Map.of());
    }

    /** @param entities profiles of a framework's models, by patterns of their names */
    Profiles(List<Profile> given, Map<String, Caching> entities) {
        this.entities = Map.copyOf(entities);
        this.given = List.copyOf(given);
        this.sorted = Sorted.of(given);
    }

    /** Adds profiles behind those that were given; of one pattern the last that was added holds. */
    synchronized void add(List<Profile> more) {
        more.forEach(profile -> added.put(profile.pattern(), profile));
        List<Profile> all = new ArrayList<>(given);
        all.addAll(added.values());
        sorted = Sorted.of(all);
    }

    /** Those of a framework's models. */
    Map<String, Caching> entities() {
        return entities;
    }

    List<Profile> all() {
        return sorted.bySpecificity();
    }

    /** The profiles by their patterns, as properties say them. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        all().forEach(profile -> texts.putIfAbsent(profile.pattern().toString(), profile.text()));
        return texts;
    }

    /** The profile of a table, or null. */
    @Nullable
    Profile of(TableName table) {
        return sorted.of(table).orElse(null);
    }

    /** How a result of the query would be kept if its kind did not matter: by those of its tables that have a profile. */
    @Nullable
    Keeping keepingOfAnyKind(QueryTemplate template) {
        Keeping all = null;
        for (TableName table : template.tables()) {
            Profile profile = of(table);
            if (profile != null) {
                all = all == null ? profile.keeping() : both(all, profile.keeping());
            }
        }
        return all;
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
                least(one.ttl(), other.ttl()),
                one.lock() && other.lock(),
                least(one.allowStale(), other.allowStale()),
                one.admission() == other.admission() ? one.admission() : Admission.ADAPTIVE);
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
