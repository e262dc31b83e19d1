package dev.staleless.testkit.store;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.value.AbstractValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** An element with every kind of event, every form of abstract value and every class of value. */
final class EveryEvent {

    private EveryEvent() {}

    static Element element(TableName table) {
        Image forms = new Image(Map.of(
                "unknown", AbstractValue.UNKNOWN,
                "not null", AbstractValue.NOT_NULL,
                "null", AbstractValue.NULL,
                "exact", new AbstractValue.Exact("x"),
                "one of", new AbstractValue.OneOf(Set.of(1L, 2L, 3L)),
                "closed", new AbstractValue.Range(1L, true, 2L, true),
                "below", new AbstractValue.Range(null, false, "m", false),
                "from", new AbstractValue.Range(BigDecimal.TEN, true, null, false)));
        List<ChangeEvent> events = List.of(
                ChangeEvent.insert(table, values()),
                ChangeEvent.update(table, forms, values(), ColumnSet.of(Set.of("exact", "text"))),
                ChangeEvent.update(table, Image.UNKNOWN, forms, ColumnSet.ALL),
                ChangeEvent.update(table, values(), Image.UNKNOWN, ColumnSet.NONE),
                ChangeEvent.delete(table, forms),
                ChangeEvent.truncate(table),
                ChangeEvent.any(table));
        return new Element(UUID.randomUUID(), UUID.randomUUID(), events);
    }

    private static Image values() {
        return new Image(Map.ofEntries(
                value("boolean", true),
                value("long", Long.MIN_VALUE),
                value("decimal", new BigDecimal("-1234567890123456789.500")),
                value("double", Double.NaN),
                value("text", "\u00e9\u4e2d\ud83d\ude00"),
                value("unpaired surrogate", "\ud83d"),
                value("bytes", ByteBuffer.wrap(new byte[] {0, -1}).asReadOnlyBuffer()),
                value("date", LocalDate.of(-4712, 1, 1)),
                value("time", LocalTime.MAX),
                value("timestamp", LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999)),
                value("instant", Instant.ofEpochSecond(-1, 1)),
                value("uuid", UUID.randomUUID())));
    }

    private static Map.Entry<String, AbstractValue> value(String column, Object value) {
        return Map.entry(column, new AbstractValue.Exact(value));
    }
}
