package dev.staleless.core.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.protocol.Fixtures;
import dev.staleless.core.value.AbstractValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class SummaryTest {

    private static final TableName TABLE = new TableName("public", "t");
    private static final List<String> COLUMNS = List.of("a", "b");

    @Property(tries = 2_000)
    void everyRowThatAnEventDescribesIsDescribedByTheSummary(@ForAll("events") List<ChangeEvent> events) {
        Summary summary = new Summary(TABLE);
        events.forEach(summary::add);
        ChangeEvent all = summary.event();
        for (ChangeEvent event : events) {
            assertThat(all.kind()).isIn(event.kind(), ChangeEvent.Kind.ANY);
            if (event.changed().names() == null) {
                assertThat(all.changed().isAll()).isTrue();
            } else {
                assertThat(event.changed().names()).allMatch(all.changed()::contains);
            }
            covers(all.before(), event.before());
            covers(all.after(), event.after());
        }
    }

    @Example
    void itIsKnownOfTheStatementsWhatIsKnownOfEach() {
        ChangeEvent gone = ChangeEvent.delete(TABLE, Image.UNKNOWN);
        Referred parent = new Referred(new TableName("public", "p"), List.of("a"));
        assertThat(summary(gone.asOneWay(), gone.asOneWay()).oneWay()).isTrue();
        assertThat(summary(gone.asOneWay(), gone).oneWay()).isFalse();
        assertThat(summary(
                                gone.asOneWay(),
                                ChangeEvent.insert(TABLE, Image.UNKNOWN).asOneWay())
                        .oneWay())
                .isFalse();
        assertThat(summary(gone.asOrphanOf(parent), gone.asOrphanOf(parent)).orphanOf())
                .isEqualTo(parent);
        assertThat(summary(gone.asOrphanOf(parent), gone, gone.asOrphanOf(parent))
                        .orphanOf())
                .isNull();
        assertThat(summary(gone, gone.asOrphanOf(parent)).orphanOf()).isNull();
    }

    private static ChangeEvent summary(ChangeEvent... events) {
        Summary summary = new Summary(TABLE);
        List.of(events).forEach(summary::add);
        return summary.event();
    }

    private static void covers(@Nullable Image all, @Nullable Image one) {
        if (one == null) {
            return;
        }
        assertThat(all).isNotNull();
        for (String column : COLUMNS) {
            for (Object sample : samples(one.get(column))) {
                assertThat(holds(all.get(column), sample == NULL ? null : sample))
                        .as("%s in %s, of %s", sample, all, one)
                        .isTrue();
            }
        }
    }

    private static final Object NULL = new Object();

    /** Some of the values that an abstract value stands for. */
    private static List<Object> samples(AbstractValue value) {
        if (value instanceof AbstractValue.Exact exact) {
            return List.of(exact.value() == null ? NULL : exact.value());
        }
        if (value instanceof AbstractValue.OneOf oneOf) {
            return List.copyOf(oneOf.values());
        }
        if (value instanceof AbstractValue.Range range) {
            Object low = range.low() == null ? Long.MIN_VALUE : range.low();
            Object high = range.high() == null ? Long.MAX_VALUE : range.high();
            return List.of(low, high);
        }
        return value instanceof AbstractValue.NotNull ? List.of(5L, "x", BigDecimal.ONE) : List.of(5L, "x", NULL);
    }

    private static boolean holds(AbstractValue value, @Nullable Object sample) {
        if (value instanceof AbstractValue.Exact exact) {
            return sample == null ? exact.value() == null : sample.equals(exact.value());
        }
        if (value instanceof AbstractValue.OneOf oneOf) {
            return sample != null && oneOf.values().contains(sample);
        }
        if (value instanceof AbstractValue.Range range) {
            return sample instanceof Long number
                    && (range.low() == null || (Long) range.low() <= number)
                    && (range.high() == null || (Long) range.high() >= number);
        }
        return value instanceof AbstractValue.Unknown || sample != null;
    }

    @Provide
    Arbitrary<List<ChangeEvent>> events() {
        Arbitrary<ChangeEvent> event = Combinators.combine(
                        Arbitraries.of(ChangeEvent.Kind.values()), image(), image(), Arbitraries.subsetOf(COLUMNS))
                .as(SummaryTest::event);
        return event.list().ofMinSize(1).ofMaxSize(8);
    }

    private static ChangeEvent event(ChangeEvent.Kind kind, Image before, Image after, Set<String> changed) {
        return switch (kind) {
            case INSERT -> ChangeEvent.insert(TABLE, after);
            case UPDATE -> ChangeEvent.update(TABLE, before, after, ColumnSet.of(changed));
            case DELETE -> ChangeEvent.delete(TABLE, before);
            case TRUNCATE -> ChangeEvent.truncate(TABLE);
            case ANY -> ChangeEvent.any(TABLE);
        };
    }

    private static Arbitrary<Image> image() {
        Arbitrary<@Nullable AbstractValue> column = value().injectNull(0.1);
        return Combinators.combine(column, column).as((a, b) -> {
            Map<String, AbstractValue> values = new HashMap<>();
            if (a != null) {
                values.put("a", a);
            }
            if (b != null) {
                values.put("b", b);
            }
            return new Image(values);
        });
    }

    private static Arbitrary<AbstractValue> value() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 300);
        Arbitrary<AbstractValue> many = numbers.set()
                .ofMinSize(2)
                .ofMaxSize(100)
                .map(values -> new AbstractValue.OneOf(Set.<Object>copyOf(values)));
        Arbitrary<AbstractValue> range = Combinators.combine(
                        numbers, numbers, Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((one, other, low, high) -> new AbstractValue.Range(
                        low ? Math.min(one, other) : null, true, high ? Math.max(one, other) : null, true));
        return Arbitraries.oneOf(
                numbers.map(AbstractValue.Exact::new),
                Arbitraries.of("x", "y").map(AbstractValue.Exact::new),
                Arbitraries.of(AbstractValue.NULL, AbstractValue.NOT_NULL, AbstractValue.UNKNOWN),
                many,
                range);
    }

    @Example
    void manyKeysBecomeARange() {
        Summary summary = new Summary(TABLE);
        LongStream.rangeClosed(1, 1_000).forEach(id -> summary.add(Fixtures.update(TABLE, id)));
        assertThat(summary.event().before())
                .isEqualTo(new Image(Map.of("id", new AbstractValue.Range(1L, true, 1_000L, true))));
        assertThat(summary.event().changed()).isEqualTo(ColumnSet.of(Set.of("v")));
    }

    @Example
    void manyStringsAreNotOrderedSinceThatDependsOnTheCollation() {
        Summary summary = new Summary(TABLE);
        LongStream.rangeClosed(1, 1_000)
                .forEach(id -> summary.add(
                        ChangeEvent.insert(TABLE, new Image(Map.of("name", new AbstractValue.Exact("name" + id))))));
        assertThat(summary.event().after()).isEqualTo(new Image(Map.of("name", AbstractValue.NOT_NULL)));
    }
}
