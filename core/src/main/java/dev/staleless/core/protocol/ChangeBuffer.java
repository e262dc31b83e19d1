package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Summary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The change events of a transaction so far, with positions to go back to. Past {@link #MAX_EVENTS} events of one table they
 * become one that covers them all. Not safe for several threads.
 */
final class ChangeBuffer {

    /** More events of one table than this are summarised. */
    static final int MAX_EVENTS = 64;

    /** More savepoints than this share positions: going back to one of the oldest then keeps more than it need. */
    private static final int MAX_SEGMENTS = 256;

    /** What was kept since a position. */
    private static final class Segment {
        private final long position;
        private final Map<TableName, List<ChangeEvent>> events = new HashMap<>();
        private final Map<TableName, Summary> summaries = new HashMap<>();
        private @Nullable String everything;

        Segment(long position) {
            this.position = position;
        }

        void add(ChangeEvent event) {
            Summary summary = summaries.get(event.table());
            if (summary != null) {
                summary.add(event);
                return;
            }
            List<ChangeEvent> list = events.computeIfAbsent(event.table(), table -> new ArrayList<>());
            list.add(event);
            if (list.size() > MAX_EVENTS) {
                Summary made = new Summary(event.table());
                list.forEach(made::add);
                summaries.put(event.table(), made);
                events.remove(event.table());
            }
        }

        void addAll(Segment other) {
            other.forEach(this::add);
            everything = everything == null ? other.everything : everything;
        }

        void forEach(java.util.function.Consumer<ChangeEvent> consumer) {
            events.values().forEach(list -> list.forEach(consumer));
            summaries.values().forEach(summary -> consumer.accept(summary.event()));
        }

        boolean isEmpty() {
            return events.isEmpty() && summaries.isEmpty() && everything == null;
        }
    }

    private final List<Segment> segments = new ArrayList<>(List.of(new Segment(0)));
    private long lastPosition;

    void add(Collection<ChangeEvent> events) {
        events.forEach(last()::add);
    }

    void addEverything(String why) {
        last().everything = why;
    }

    /** A position to go back to. */
    long mark() {
        if (segments.size() >= MAX_SEGMENTS) {
            segments.get(0).addAll(segments.remove(1));
        }
        lastPosition++;
        segments.add(new Segment(lastPosition));
        return lastPosition;
    }

    /** Drops what was kept since the position. The position stays. */
    void backTo(long position) {
        segments.removeIf(segment -> segment.position >= position);
        segments.add(new Segment(position));
    }

    void clear() {
        segments.clear();
        lastPosition++;
        segments.add(new Segment(lastPosition));
    }

    boolean isEmpty() {
        return segments.stream().allMatch(Segment::isEmpty);
    }

    /** Why everything may be changed; null if it is known what. */
    @Nullable
    String everything() {
        return segments.stream()
                .map(segment -> segment.everything)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The events of one table, not summarised over savepoints. */
    List<ChangeEvent> events(TableName table) {
        List<ChangeEvent> found = new ArrayList<>();
        for (Segment segment : segments) {
            found.addAll(segment.events.getOrDefault(table, List.of()));
            Summary summary = segment.summaries.get(table);
            if (summary != null) {
                found.add(summary.event());
            }
        }
        return found;
    }

    /** All events, by table, at most {@link #MAX_EVENTS} of each. */
    List<ChangeEvent> events() {
        Segment all = new Segment(0);
        segments.forEach(all::addAll);
        TreeMap<TableName, List<ChangeEvent>> byTable = new TreeMap<>(Comparator.naturalOrder());
        all.forEach(event -> byTable.computeIfAbsent(event.table(), table -> new ArrayList<>())
                .add(event));
        List<ChangeEvent> events = new ArrayList<>();
        byTable.values().forEach(events::addAll);
        return events;
    }

    private Segment last() {
        return segments.get(segments.size() - 1);
    }
}
