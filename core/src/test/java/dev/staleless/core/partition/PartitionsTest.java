package dev.staleless.core.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.AbstractValue.Exact;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionsTest {

    private static final TableName ORDERS = new TableName("public", "orders");
    private static final ColumnType INTEGER = type(ColumnType.Kind.INTEGER);
    private static final ColumnType TEXT = type(ColumnType.Kind.TEXT);
    private static final Directory.Entry ENTRY = new Directory.Entry(
            1,
            List.of(new Directory.PartitionColumn("id", INTEGER), new Directory.PartitionColumn("customer", INTEGER)));
    private static final Partition TABLE = Partition.table(ORDERS);
    private static final Partition REST_ID = Partition.rest(ORDERS, "id");
    private static final Partition REST_CUSTOMER = Partition.rest(ORDERS, "customer");

    private static ColumnType type(ColumnType.Kind kind) {
        return new ColumnType(kind, -1, -1, ColumnType.Equality.EXACT);
    }

    private static Partition value(String column, long value) {
        return Partition.value(ORDERS, column, Partitions.hash(INTEGER, value).getAsLong());
    }

    private static Image image(Object... columnsAndValues) {
        Map<String, AbstractValue> values = new java.util.HashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            Object value = columnsAndValues[i + 1];
            values.put((String) columnsAndValues[i], value instanceof AbstractValue a ? a : new Exact(value));
        }
        return new Image(values);
    }

    private static TableUse use(int index, Map<String, TableUse.Pin> pins) {
        return new TableUse(index, "o" + index, ORDERS, ColumnSet.ALL, ColumnSet.ALL, Condition.OPAQUE, pins, null);
    }

    private static TableUse.Pin pin(Operand... values) {
        return new TableUse.Pin(INTEGER, List.of(values));
    }

    private static Operand literal(@Nullable Object value) {
        return new Operand.Literal(value, false);
    }

    private static Set<Partition> read(Parameters parameters, TableUse... uses) {
        QueryTemplate template =
                new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(uses), parameters.size(), Set.of());
        return Partitions.forQuery(new Query(template, "", parameters), table -> ENTRY);
    }

    @Test
    void anInsertedRowGoesToTheTableAndToItsValues() {
        assertThat(Partitions.ofEvent(ChangeEvent.insert(ORDERS, image("id", 1L, "customer", 2L)), ENTRY))
                .containsExactlyInAnyOrder(TABLE, value("id", 1), value("customer", 2));
    }

    @Test
    void anUnknownValueGoesToTheRestOfItsColumn() {
        assertThat(Partitions.ofEvent(ChangeEvent.delete(ORDERS, image("id", 1L)), ENTRY))
                .containsExactlyInAnyOrder(TABLE, value("id", 1), REST_CUSTOMER);
        assertThat(Partitions.ofEvent(ChangeEvent.truncate(ORDERS), ENTRY))
                .containsExactlyInAnyOrder(TABLE, REST_ID, REST_CUSTOMER);
        assertThat(Partitions.ofEvent(ChangeEvent.any(ORDERS), ENTRY))
                .containsExactlyInAnyOrder(TABLE, REST_ID, REST_CUSTOMER);
    }

    @Test
    void anUpdateGoesToTheValuesOfBothSides() {
        assertThat(Partitions.ofEvent(
                        ChangeEvent.update(
                                ORDERS,
                                image("id", 1L, "customer", 2L),
                                image("id", 1L, "customer", 3L),
                                ColumnSet.of(Set.of("customer"))),
                        ENTRY))
                .containsExactlyInAnyOrder(TABLE, value("id", 1), value("customer", 2), value("customer", 3));
    }

    @Test
    void whatIsKnownOfOneSideHoldsForTheOtherIfTheColumnIsNotChanged() {
        ChangeEvent named = ChangeEvent.update(
                ORDERS, image("id", 1L), image("customer", 3L, "note", "x"), ColumnSet.of(Set.of("note")));
        assertThat(Partitions.ofEvent(named, ENTRY))
                .containsExactlyInAnyOrder(TABLE, value("id", 1), value("customer", 3));
        ChangeEvent anything = ChangeEvent.update(ORDERS, image("id", 1L), image("customer", 3L), ColumnSet.ALL);
        assertThat(Partitions.ofEvent(anything, ENTRY))
                .containsExactlyInAnyOrder(TABLE, value("id", 1), value("customer", 3), REST_ID, REST_CUSTOMER);
    }

    @Test
    void aNullIsReadByNobody() {
        assertThat(Partitions.ofEvent(ChangeEvent.insert(ORDERS, image("id", 1L, "customer", null)), ENTRY))
                .containsExactlyInAnyOrder(TABLE, value("id", 1));
    }

    @Test
    void aFewValuesGoToAllOfTheirsAndManyToTheRest() {
        assertThat(Partitions.ofEvent(ChangeEvent.insert(ORDERS, image("id", oneOf(1, 8), "customer", 9L)), ENTRY))
                .hasSize(10)
                .contains(value("id", 1), value("id", 8))
                .doesNotContain(REST_ID);
        assertThat(Partitions.ofEvent(ChangeEvent.insert(ORDERS, image("id", oneOf(1, 9), "customer", 9L)), ENTRY))
                .containsExactlyInAnyOrder(TABLE, value("customer", 9), REST_ID);
    }

    @Test
    void moreThanAMarkNamesBecomeTheRest() {
        ChangeEvent event = ChangeEvent.update(
                ORDERS,
                image("id", oneOf(1, 8), "customer", oneOf(1, 8)),
                image("id", 9L, "customer", 1L),
                ColumnSet.ALL);
        assertThat(Partitions.ofEvent(event, ENTRY)).containsExactlyInAnyOrder(TABLE, REST_ID, REST_CUSTOMER);
    }

    @Test
    void aColumnWithoutCanonicalFormIsNobodysPartition() {
        ColumnType insensitive = new ColumnType(ColumnType.Kind.TEXT, -1, -1, ColumnType.Equality.UNKNOWN);
        Directory.Entry entry = new Directory.Entry(1, List.of(new Directory.PartitionColumn("name", insensitive)));
        assertThat(Partitions.ofEvent(ChangeEvent.insert(ORDERS, image("name", "A")), entry))
                .containsExactly(TABLE);
        TableUse use = use(0, Map.of("name", new TableUse.Pin(insensitive, List.of(literal("a")))));
        Query query = new Query(
                new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(use), 0, Set.of()), "", Parameters.NONE);
        assertThat(Partitions.forQuery(query, table -> entry)).containsExactly(TABLE);
    }

    @Test
    void aQueryReadsItsBestPinnedColumnAndTheRest() {
        TableUse use = use(
                0,
                Map.of(
                        "id", pin(literal(1L), literal(2L)),
                        "customer", pin(new Operand.Parameter(0))));
        assertThat(read(Parameters.of(7L), use)).containsExactlyInAnyOrder(value("customer", 7), REST_CUSTOMER);
        assertThat(read(Parameters.of(Parameters.OPAQUE), use))
                .containsExactlyInAnyOrder(value("id", 1), value("id", 2), REST_ID);
        assertThat(read(Parameters.of((Object) null), use))
                .containsExactlyInAnyOrder(value("id", 1), value("id", 2), REST_ID);
    }

    @Test
    void aQueryWithoutAPinReadsTheTableAlone() {
        assertThat(read(Parameters.NONE, use(0, Map.of()))).containsExactly(TABLE);
        TableUse pinned = use(0, Map.of("id", pin(literal(1L))));
        assertThat(read(Parameters.NONE, pinned, use(1, Map.of()))).containsExactly(TABLE);
        assertThat(read(Parameters.NONE, pinned, use(1, Map.of("id", pin(literal(2L))))))
                .containsExactlyInAnyOrder(value("id", 1), value("id", 2), REST_ID);
        TableUse many = use(
                0,
                Map.of(
                        "id",
                        pin(LongStream.range(0, 9)
                                .mapToObj(PartitionsTest::literal)
                                .toArray(Operand[]::new))));
        assertThat(read(Parameters.NONE, many)).containsExactly(TABLE);
        TableUse other = use(0, Map.of("id", new TableUse.Pin(TEXT, List.of(literal("1")))));
        assertThat(read(Parameters.NONE, other)).containsExactly(TABLE);
    }

    @Test
    void aReaderOfAnyColumnReadsOneOfAllRestLogs() {
        assertThat(Partition.rests(ORDERS)).doesNotHaveDuplicates().hasSize(Partition.RESTS);
        for (String column : List.of("id", "customer", "tenant_id", "k\u00e4ufer", "", "x y")) {
            assertThat(Partition.rests(ORDERS)).contains(Partition.rest(ORDERS, column));
        }
    }

    /** As with the hashes of values. */
    @Test
    void restLogsAreThoseOfEveryVersion() {
        assertThat(REST_ID.name()).isEqualTo("public.orders:*18");
        assertThat(REST_CUSTOMER.name()).isEqualTo("public.orders:*4");
    }

    @Test
    void equalValuesMeetWhateverTheirForm() {
        ColumnType decimal = type(ColumnType.Kind.DECIMAL);
        assertThat(Partitions.hash(decimal, new BigDecimal("1.50")))
                .isEqualTo(Partitions.hash(decimal, new BigDecimal("1.5")));
        assertThat(Partitions.hash(INTEGER, new BigDecimal("5.0"))).isEqualTo(Partitions.hash(INTEGER, 5L));
        assertThat(Partitions.hash(INTEGER, new BigDecimal("5.5"))).isEmpty();
        assertThat(Partitions.hash(type(ColumnType.Kind.FLOAT), 0.5)).isEmpty();
        assertThat(Partitions.hash(INTEGER, Parameters.OPAQUE)).isEmpty();
    }

    /** Nodes of two versions share a changelog: these figures never change. */
    @Test
    void hashesAreThoseOfEveryVersion() {
        List<String> hashes = Arrays.asList(
                        Partitions.hash(INTEGER, 42L),
                        Partitions.hash(TEXT, "a\u00e9\uD83D\uDE00"),
                        Partitions.hash(type(ColumnType.Kind.DECIMAL), new BigDecimal("-1.25")),
                        Partitions.hash(type(ColumnType.Kind.BOOLEAN), true),
                        Partitions.hash(type(ColumnType.Kind.UUID), new UUID(1, 2)),
                        Partitions.hash(type(ColumnType.Kind.DATE), java.time.LocalDate.of(2020, 1, 2)))
                .stream()
                .map(hash -> Long.toHexString(hash.getAsLong()))
                .toList();
        assertThat(hashes).containsExactly("459d", "7ac0", "f46f", "11b7", "ec94", "3559");
    }

    private static AbstractValue oneOf(long low, long high) {
        return new AbstractValue.OneOf(LongStream.rangeClosed(low, high).boxed().collect(Collectors.<Object>toSet()));
    }
}
