package dev.staleless.core.codec;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import dev.staleless.core.value.AbstractValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One value of each type, with something in every part of it. */
final class Samples {

    static final TableName ORDERS = new TableName("public", "orders");
    static final TableName ITEMS = new TableName("public", "Items \u00e9");
    static final String SERVER = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567:89abcdef0123456789abcdef0123456789abcdef";

    private Samples() {}

    static UUID uuid(int number) {
        return new UUID(0x0123456789ABCDEFL, number);
    }

    static Entry entry() {
        return new Entry(
                uuid(1),
                "key".getBytes(StandardCharsets.UTF_8),
                uuid(2),
                Map.of(ORDERS, 3L, ITEMS, 4294967296L),
                Map.of(
                        Partition.table(ITEMS), new Offset(uuid(3), SERVER),
                        Partition.rest(ORDERS, 3), new Offset(uuid(4), SERVER),
                        Partition.value(ORDERS, "customer_id", -5), new Offset(uuid(5), "another")),
                new byte[] {1, 2, 3, -1});
    }

    /** With rows that are worth packing. */
    static Entry largeEntry() {
        Entry small = entry();
        byte[] rows = "17;a name that is often the same;4711\n".repeat(80).getBytes(StandardCharsets.UTF_8);
        return new Entry(small.id(), small.key(), small.epoch(), small.generations(), small.offsets(), rows);
    }

    static Element element() {
        return new Element(
                uuid(6),
                uuid(7),
                List.of(
                        ChangeEvent.insert(ORDERS, everyValue()),
                        ChangeEvent.update(
                                ORDERS,
                                everyForm(),
                                new Image(Map.of("total", new AbstractValue.Exact(new BigDecimal("-10.50")))),
                                ColumnSet.of(Set.of("total", "note"))),
                        ChangeEvent.update(ITEMS, Image.UNKNOWN, Image.UNKNOWN, ColumnSet.NONE),
                        ChangeEvent.delete(ITEMS, new Image(Map.of("id", new AbstractValue.Exact(-1L)))),
                        ChangeEvent.truncate(ORDERS),
                        ChangeEvent.any(ITEMS)));
    }

    static Image everyForm() {
        return new Image(Map.of(
                "a", AbstractValue.UNKNOWN,
                "b", AbstractValue.NOT_NULL,
                "c", AbstractValue.NULL,
                "d", new AbstractValue.Exact("x"),
                "e", new AbstractValue.OneOf(Set.of(300L)),
                "f", new AbstractValue.Range(1L, true, 2L, false),
                "g", new AbstractValue.Range(null, false, "m", true),
                "h", new AbstractValue.Range(LocalDate.of(2026, 1, 31), false, null, false)));
    }

    static Image everyValue() {
        return new Image(Map.ofEntries(
                exact("false", false),
                exact("true", true),
                exact("long", Long.MIN_VALUE),
                exact("decimal", new BigDecimal("123456789012345678901234567890.1200")),
                exact("double", -0.0d),
                exact("text", "\u00c5\u4e2d\ud83d\ude00\ufffd"),
                exact("surrogate", "a\ud83d"),
                exact("bytes", ByteBuffer.wrap(new byte[] {0, -1}).asReadOnlyBuffer()),
                exact("date", LocalDate.of(-4, 2, 29)),
                exact("time", LocalTime.of(23, 59, 59, 999_999_000)),
                exact("timestamp", LocalDateTime.of(2026, 11, 23, 12, 0, 0, 1)),
                exact("instant", Instant.ofEpochSecond(-1, 5)),
                exact("uuid", uuid(8))));
    }

    static Mark mark() {
        return new Mark(ORDERS, uuid(9), uuid(10), Set.of("public.orders:*3", "public.orders:id=1f"), "pid 42");
    }

    private static Map.Entry<String, AbstractValue> exact(String column, Object value) {
        return Map.entry(column, new AbstractValue.Exact(value));
    }
}
