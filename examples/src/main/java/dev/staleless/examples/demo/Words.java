package dev.staleless.examples.demo;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.value.AbstractValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the page says of events and reasons. */
final class Words {

    private Words() {}

    static String of(MissReason reason) {
        return switch (reason) {
            case ABSENT -> "not in the cache";
            case CHANGED -> "a change affects it";
            case OFFSET_LOST -> "the changelog does not reach back to it";
            case OUTDATED -> "cached under an earlier agreement";
            case IN_FLIGHT -> "a transaction under way may change it";
            case OWN_CHANGES -> "this transaction's own changes affect it";
            case NOT_ENLISTED -> "its table is not cached yet";
            case NOT_FRESH -> "this node may not serve now";
            case STORE_UNAVAILABLE -> "the store cannot be asked";
            case REFRESHED -> "asked anew";
        };
    }

    /** Two events that say the same have the same id, on every node. */
    static String id(ChangeEvent event) {
        return Integer.toHexString(of(event).hashCode()) + "-" + event.table().name();
    }

    static String of(ChangeEvent event) {
        return switch (event.kind()) {
            case INSERT -> "inserted: " + of(event.after());
            case DELETE -> "deleted where " + of(event.before());
            case UPDATE -> "updated where " + of(event.before()) + ": " + changed(event);
            case TRUNCATE -> "all rows deleted";
            case ANY -> "anything may have changed";
        };
    }

    private static String changed(ChangeEvent event) {
        Set<String> names = event.changed().names();
        Image after = event.after();
        if (names == null || after == null) {
            return "any column";
        }
        return names.stream()
                .sorted()
                .map(name -> name + " = " + of(after.get(name)))
                .collect(Collectors.joining(", "));
    }

    private static String of(@Nullable Image image) {
        if (image == null || image.values().isEmpty()) {
            return "any row";
        }
        Map<String, AbstractValue> sorted = new TreeMap<>(image.values());
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + of(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String of(AbstractValue value) {
        if (value instanceof AbstractValue.Exact exact) {
            return exact.value() == null ? "NULL" : shorten(exact.value().toString());
        }
        if (value instanceof AbstractValue.OneOf oneOf) {
            return "one of " + oneOf.values().size() + " values";
        }
        return value instanceof AbstractValue.Range ? "within a range" : "(not known)";
    }

    private static String shorten(String text) {
        return text.length() > 40 ? "'" + text.substring(0, 37) + "...'" : "'" + text + "'";
    }
}
