package dev.staleless.benchmarks.differential;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Values of types that several databases have, as all of them write them. */
final class FuzzValues {

    private FuzzValues() {}

    static List<FuzzValue> integers(long... values) {
        List<FuzzValue> all = new ArrayList<>();
        for (long value : values) {
            all.add(FuzzValue.of(Long.toString(value), value));
        }
        return all;
    }

    static List<FuzzValue> oddNumbers() {
        return List.of(
                FuzzValue.of("1.5", new BigDecimal("1.5")),
                FuzzValue.of("1.0", new BigDecimal("1.0")),
                FuzzValue.of("-1", -1),
                FuzzValue.of("2.5", 2.5d),
                FuzzValue.of("1e0", 1f));
    }

    static List<FuzzValue> decimals(String... values) {
        List<FuzzValue> all = new ArrayList<>();
        for (String value : values) {
            all.add(FuzzValue.of(value, new BigDecimal(value)));
        }
        return all;
    }

    static List<FuzzValue> oddDecimals() {
        return List.of(
                FuzzValue.of("1.505", new BigDecimal("1.505")),
                FuzzValue.of("1.499", new BigDecimal("1.499")),
                FuzzValue.of("1", 1L),
                FuzzValue.of("2.25", 2.25d),
                FuzzValue.of("0.1", 0.1f));
    }

    static List<FuzzValue> floats() {
        return List.of(
                FuzzValue.of("0.0", 0d),
                FuzzValue.of("0.5", 0.5d),
                FuzzValue.of("1.5", 1.5d),
                FuzzValue.of("-2.0", -2d));
    }

    static List<FuzzValue> texts(String... values) {
        List<FuzzValue> all = new ArrayList<>();
        for (String value : values) {
            all.add(FuzzValue.of("'" + value + "'", value));
        }
        return all;
    }

    static List<FuzzValue> dates() {
        List<FuzzValue> all = new ArrayList<>();
        for (int day = 1; day <= 4; day++) {
            LocalDate date = LocalDate.of(2024, 2, 26).plusDays(day);
            all.add(FuzzValue.of("date '" + date + "'", date));
        }
        return all;
    }

    static List<FuzzValue> timestamps(int nanos) {
        List<FuzzValue> all = new ArrayList<>();
        for (int hour = 0; hour < 3; hour++) {
            LocalDateTime time =
                    LocalDateTime.of(2024, 2, 28, 23, 59, 59).plusHours(hour).plusNanos(nanos);
            all.add(FuzzValue.of("timestamp '" + time.toString().replace('T', ' ') + "'", time));
        }
        return all;
    }

    static List<FuzzValue> zoned(String type, String... offsets) {
        List<FuzzValue> all = new ArrayList<>();
        for (String offset : offsets) {
            OffsetDateTime time = OffsetDateTime.parse("2024-02-28T12:00:00" + offset);
            all.add(FuzzValue.of(type + " '2024-02-28 12:00:00" + offset + "'", time));
        }
        return all;
    }

    static List<FuzzValue> uuids(int count) {
        List<FuzzValue> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID uuid = new UUID(0x1234L, i);
            all.add(FuzzValue.of("uuid '" + uuid + "'", uuid));
        }
        return all;
    }

    static List<FuzzValue> cast(String type, String... values) {
        List<FuzzValue> all = new ArrayList<>();
        for (String value : values) {
            all.add(FuzzValue.cast(value, type));
        }
        return all;
    }

    static List<FuzzValue> booleans() {
        return List.of(FuzzValue.of("true", true), FuzzValue.of("false", false));
    }

    static List<FuzzValue> times() {
        return List.of(FuzzValue.cast("10:00:00", "time"), FuzzValue.cast("11:30:00", "time"));
    }

    static List<FuzzValue> bytes() {
        return List.of(
                FuzzValue.of("x'00'", new byte[] {0}),
                FuzzValue.of("x'61'", new byte[] {0x61}),
                FuzzValue.of("x''", new byte[0]));
    }

    static List<FuzzValue> all(List<FuzzValue> some, List<FuzzValue> more) {
        List<FuzzValue> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** Text in the place of another type. */
    static List<FuzzValue> asText(String... values) {
        return texts(values);
    }
}
