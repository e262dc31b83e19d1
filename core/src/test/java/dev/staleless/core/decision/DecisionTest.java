package dev.staleless.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static final TableName ORDERS = new TableName("public", "orders");
    private static final TableName ITEMS = new TableName("public", "items");
    private static final ColumnType INTEGER =
            new ColumnType(ColumnType.Kind.INTEGER, -1, -1, ColumnType.Equality.EXACT);
    private static final ColumnType TEXT = new ColumnType(ColumnType.Kind.TEXT, -1, -1, ColumnType.Equality.EXACT);
    private static final Operand ID = new Operand.Column(0, "id", INTEGER);
    private static final Operand A = new Operand.Column(0, "a", INTEGER);
    private static final Operand NAME = new Operand.Column(0, "name", TEXT);

    static Image image(Object... columnsAndValues) {
        Map<String, AbstractValue> values = new HashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            Object value = columnsAndValues[i + 1];
            values.put(
                    (String) columnsAndValues[i],
                    value instanceof AbstractValue a ? a : new AbstractValue.Exact(value));
        }
        return new Image(values);
    }

    private static Operand literal(@Nullable Object value) {
        return new Operand.Literal(value, false);
    }

    private static Condition is(Operand column, @Nullable Object value) {
        return new Condition.Comparison(Condition.Operator.EQUAL, column, literal(value));
    }

    private static TableUse use(int index, TableName table, Condition condition, String... read) {
        return new TableUse(
                index, "t" + index, table, ColumnSet.of(Set.of(read)), ColumnSet.ALL, condition, Map.of(), null);
    }

    private static Query query(Parameters parameters, TableUse... uses) {
        return new Query(
                new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(uses), parameters.size(), Set.of()),
                "",
                parameters);
    }

    private static Query query(Condition condition) {
        return query(Parameters.NONE, use(0, ORDERS, condition, "id", "a", "name"));
    }

    private static boolean affected(Query query, ChangeEvent event) {
        return Decision.decide(query, event).affected();
    }

    private static ChangeEvent update(Image before, Image after, String... changed) {
        return ChangeEvent.update(ORDERS, before, after, ColumnSet.of(Set.of(changed)));
    }

    @Test
    void aTableThatIsNotReadDoesNotMatter() {
        assertThat(affected(query(Condition.OPAQUE), ChangeEvent.any(ITEMS))).isFalse();
    }

    @Test
    void anInsertMattersIfItsRowCanTakePart() {
        Query query = query(is(A, 1L));
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", 1L)))).isTrue();
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", 2L)))).isFalse();
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", null))))
                .isFalse();
        assertThat(affected(query, ChangeEvent.insert(ORDERS, Image.UNKNOWN))).isTrue();
    }

    @Test
    void aDeleteMattersIfItsRowCouldTakePart() {
        Query query = query(is(A, 1L));
        assertThat(affected(query, ChangeEvent.delete(ORDERS, image("a", 2L)))).isFalse();
        assertThat(affected(query, ChangeEvent.delete(ORDERS, image("id", 2L)))).isTrue();
    }

    @Test
    void anUpdateMattersOnEitherSide() {
        Query query = query(is(A, 1L));
        assertThat(affected(query, update(image("a", 1L), image("a", 2L), "a"))).isTrue();
        assertThat(affected(query, update(image("a", 2L), image("a", 1L), "a"))).isTrue();
        assertThat(affected(query, update(image("a", 2L), image("a", 3L), "a"))).isFalse();
        assertThat(affected(query, update(Image.UNKNOWN, image("a", 3L), "a"))).isTrue();
    }

    @Test
    void anUpdateOfColumnsThatAreNotReadDoesNotMatter() {
        Query query = query(is(A, 1L));
        assertThat(affected(query, update(image("a", 1L), Image.UNKNOWN, "note")))
                .isFalse();
        assertThat(affected(query, ChangeEvent.update(ORDERS, image("a", 1L), Image.UNKNOWN, ColumnSet.ALL)))
                .isTrue();
    }

    @Test
    void whatIsKnownOfAnUnchangedColumnHoldsForBothSides() {
        Query query = query(is(ID, 7L));
        assertThat(affected(query, update(image("id", 8L), image("a", 3L), "a")))
                .isFalse();
        assertThat(affected(query, update(Image.UNKNOWN, image("id", 8L, "a", 3L), "a")))
                .isFalse();
        assertThat(affected(query, update(image("id", 8L), image("a", 3L), "a", "id")))
                .isTrue();
    }

    @Test
    void anUnknownChangeAlwaysMattersAndATruncateWhereverARowCanBe() {
        assertThat(affected(query(Condition.FALSE), ChangeEvent.any(ORDERS))).isTrue();
        assertThat(affected(query(is(A, 1L)), ChangeEvent.truncate(ORDERS))).isTrue();
        assertThat(affected(query(Condition.FALSE), ChangeEvent.truncate(ORDERS)))
                .isFalse();
    }

    @Test
    void manyChangesAtOnceAreJudgedByTheImagesThatCoverThem() {
        ChangeEvent outside =
                new ChangeEvent(ORDERS, ChangeEvent.Kind.ANY, image("a", 2L), image("a", 3L), ColumnSet.ALL);
        ChangeEvent inside =
                new ChangeEvent(ORDERS, ChangeEvent.Kind.ANY, image("a", 2L), image("a", 1L), ColumnSet.ALL);
        assertThat(affected(query(is(A, 1L)), outside)).isFalse();
        assertThat(affected(query(is(A, 1L)), inside)).isTrue();
    }

    @Test
    void anyOccurrenceThatMattersIsEnough() {
        Condition second =
                new Condition.Comparison(Condition.Operator.EQUAL, new Operand.Column(1, "a", INTEGER), literal(2L));
        Query query = query(Parameters.NONE, use(0, ORDERS, is(A, 1L), "a"), use(1, ORDERS, second, "a"));
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", 1L)))).isTrue();
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", 2L)))).isTrue();
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", 3L)))).isFalse();
    }

    @Test
    void columnsOfOtherOccurrencesAreUnknown() {
        Operand other = new Operand.Column(1, "a", INTEGER);
        Condition join = new Condition.Comparison(Condition.Operator.EQUAL, A, other);
        Query query = query(
                Parameters.NONE,
                use(0, ORDERS, new Condition.And(List.of(join, is(A, 1L))), "a"),
                use(1, ITEMS, join, "a"));
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", 1L)))).isTrue();
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", 2L)))).isFalse();
        assertThat(affected(query, ChangeEvent.insert(ORDERS, image("a", null))))
                .isFalse();
        assertThat(affected(query, ChangeEvent.insert(ITEMS, image("a", 2L)))).isTrue();
    }

    @Test
    void parametersCountAsConstantsUnlessTheyAreOpaque() {
        TableUse use =
                use(0, ORDERS, new Condition.Comparison(Condition.Operator.EQUAL, A, new Operand.Parameter(0)), "a");
        ChangeEvent event = ChangeEvent.insert(ORDERS, image("a", 2L));
        assertThat(affected(query(Parameters.of(1L), use), event)).isFalse();
        assertThat(affected(query(Parameters.of(2L), use), event)).isTrue();
        assertThat(affected(query(Parameters.of(Parameters.OPAQUE), use), event))
                .isTrue();
        assertThat(affected(query(Parameters.of((Object) null), use), event)).isFalse();
        assertThat(affected(query(Parameters.NONE, use), event)).isTrue();
    }

    @Test
    void negationKeepsTheUnknown() {
        Query notIn = query(new Condition.Not(new Condition.In(A, List.of(literal(1L), literal(null)))));
        assertThat(affected(notIn, ChangeEvent.insert(ORDERS, image("a", 2L)))).isFalse();
        Query not = query(new Condition.Not(Condition.OPAQUE));
        assertThat(affected(not, ChangeEvent.insert(ORDERS, image("a", 2L)))).isTrue();
        Query unknown = query(new Condition.Is(is(A, 1L), Condition.Truth.UNKNOWN));
        assertThat(affected(unknown, ChangeEvent.insert(ORDERS, image("a", null))))
                .isTrue();
        assertThat(affected(unknown, ChangeEvent.insert(ORDERS, image("a", 2L))))
                .isFalse();
    }

    @Test
    void rangesOfImagesAndConditionsMayContradict() {
        Query query = query(new Condition.Comparison(Condition.Operator.GREATER, A, literal(10L)));
        AbstractValue low = new AbstractValue.Range(null, false, 10L, true);
        assertThat(affected(query, ChangeEvent.delete(ORDERS, image("a", low)))).isFalse();
        AbstractValue set = new AbstractValue.OneOf(Set.of(3L, 11L));
        assertThat(affected(query, ChangeEvent.delete(ORDERS, image("a", set)))).isTrue();
    }

    @Test
    void aReasonNamesTheOccurrenceTheSideTheRowAndTheCondition() {
        Query query = query(new Condition.And(List.of(is(A, 1L), is(NAME, "x"))));
        Verdict verdict = Decision.decide(query, update(image("a", 2L, "id", 7L), image("a", 1L), "a"));
        assertThat(verdict.reason())
                .isEqualTo(
                        "public.orders (t0): the updated row as it is after [a = 1] can satisfy (a = 1 AND name = 'x'),"
                                + " and the query reads what was changed: a");
        assertThat(Decision.decide(query, ChangeEvent.truncate(ORDERS)).reason())
                .isEqualTo("public.orders (t0) was truncated");
    }
}
