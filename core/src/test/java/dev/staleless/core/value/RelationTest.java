package dev.staleless.core.value;

import static dev.staleless.core.value.Relation.ANY;
import static dev.staleless.core.value.Relation.BOTH_NULL;
import static dev.staleless.core.value.Relation.COMPARED;
import static dev.staleless.core.value.Relation.EQUAL;
import static dev.staleless.core.value.Relation.GREATER;
import static dev.staleless.core.value.Relation.LESS;
import static dev.staleless.core.value.Relation.ONE_NULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.value.AbstractValue.Exact;
import dev.staleless.core.value.AbstractValue.OneOf;
import dev.staleless.core.value.AbstractValue.Range;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RelationTest {

    private static final ColumnType INTEGER = type(Kind.INTEGER, Equality.EXACT);

    private static ColumnType type(Kind kind, Equality equality) {
        return new ColumnType(kind, -1, -1, equality);
    }

    private static int exact(Kind kind, Equality equality, Object left, Object right) {
        return Relation.between(type(kind, equality), new Exact(left), new Exact(right));
    }

    private static int integers(AbstractValue left, AbstractValue right) {
        return Relation.between(INTEGER, left, right);
    }

    private static Range range(long low, long high) {
        return new Range(low, true, high, true);
    }

    @Test
    void nullsAreToldApart() {
        assertThat(integers(AbstractValue.NULL, AbstractValue.NULL)).isEqualTo(BOTH_NULL);
        assertThat(integers(AbstractValue.NULL, new Exact(1L))).isEqualTo(ONE_NULL);
        assertThat(integers(AbstractValue.UNKNOWN, AbstractValue.NULL)).isEqualTo(BOTH_NULL | ONE_NULL);
        assertThat(integers(AbstractValue.UNKNOWN, new Exact(1L))).isEqualTo(COMPARED | ONE_NULL);
        assertThat(integers(AbstractValue.UNKNOWN, AbstractValue.UNKNOWN)).isEqualTo(ANY);
        assertThat(integers(AbstractValue.NOT_NULL, new Exact(1L))).isEqualTo(COMPARED);
        assertThat(Relation.between(ColumnType.UNKNOWN, AbstractValue.NOT_NULL, new Exact(1L)))
                .isEqualTo(COMPARED | ONE_NULL);
    }

    @Test
    void numbersCompareByValue() {
        assertThat(exact(Kind.DECIMAL, Equality.EXACT, new BigDecimal("1.50"), new BigDecimal("1.5")))
                .isEqualTo(EQUAL);
        assertThat(exact(Kind.DECIMAL, Equality.EXACT, 2L, new BigDecimal("1.5")))
                .isEqualTo(GREATER);
        assertThat(exact(Kind.DECIMAL, Equality.EXACT, 1.5, new BigDecimal("1.5")))
                .isEqualTo(COMPARED);
        assertThat(exact(Kind.FLOAT, Equality.EXACT, -0.0, 0.0)).isEqualTo(EQUAL);
        assertThat(exact(Kind.FLOAT, Equality.EXACT, 0.1, 0.5)).isEqualTo(COMPARED);
        assertThat(exact(Kind.FLOAT, Equality.EXACT, Double.NaN, 0.5)).isEqualTo(COMPARED);
    }

    @Test
    void textComparesAsItsCollationDoes() {
        assertThat(exact(Kind.TEXT, Equality.EXACT, "a", "a")).isEqualTo(EQUAL);
        assertThat(exact(Kind.TEXT, Equality.EXACT, "a", "b")).isEqualTo(LESS | GREATER);
        assertThat(exact(Kind.TEXT, Equality.EXACT_ORDERED, "a", "ab")).isEqualTo(LESS);
        assertThat(exact(Kind.TEXT, Equality.UNKNOWN, "a", "b")).isEqualTo(COMPARED);
        assertThat(exact(Kind.FIXED_TEXT, Equality.EXACT_ORDERED, "a", "b")).isEqualTo(LESS | GREATER);
        assertThat(exact(Kind.FIXED_TEXT, Equality.EXACT, "a ", "a")).isEqualTo(COMPARED);
    }

    @Test
    void codePointsAboveTheBasicPlaneComeLast() {
        String emoji = "\uD83D\uDE00";
        assertThat("\uFF5E".compareTo(emoji)).isPositive(); // UTF-16 units order them the other way
        assertThat(exact(Kind.TEXT, Equality.EXACT_ORDERED, "\uFF5E", emoji)).isEqualTo(LESS);
        assertThat(exact(Kind.TEXT, Equality.EXACT_ORDERED, emoji, "\uFF5E")).isEqualTo(GREATER);
        assertThat(exact(Kind.TEXT, Equality.EXACT_ORDERED, emoji, "\uD83D\uDE01"))
                .isEqualTo(LESS);
    }

    @Test
    void bytesAreUnsignedAndUuidsHaveNoSureOrder() {
        ByteBuffer high = ByteBuffer.wrap(new byte[] {(byte) 0xff});
        ByteBuffer low = ByteBuffer.wrap(new byte[] {1, 2});
        assertThat(exact(Kind.BYTES, Equality.EXACT, high, low)).isEqualTo(GREATER);
        assertThat(exact(Kind.UUID, Equality.EXACT, new UUID(1, 2), new UUID(1, 2)))
                .isEqualTo(EQUAL);
        assertThat(exact(Kind.UUID, Equality.EXACT, new UUID(1, 2), new UUID(1, 3)))
                .isEqualTo(LESS | GREATER);
    }

    @Test
    void whatIsNotSureOfAKindComparesEitherWay() {
        assertThat(exact(Kind.TIMESTAMP, Equality.EXACT, LocalDateTime.MAX, LocalDateTime.MAX))
                .isEqualTo(COMPARED);
        assertThat(exact(Kind.INTEGER, Equality.EXACT, "1", 1L)).isEqualTo(COMPARED);
        assertThat(Relation.common(INTEGER, type(Kind.DECIMAL, Equality.EXACT)).kind())
                .isEqualTo(Kind.DECIMAL);
        assertThat(Relation.common(INTEGER, type(Kind.FLOAT, Equality.EXACT))).isEqualTo(ColumnType.UNKNOWN);
        assertThat(Relation.common(type(Kind.TEXT, Equality.EXACT_ORDERED), type(Kind.TEXT, Equality.EXACT))
                        .equality())
                .isEqualTo(Equality.EXACT);
    }

    @Test
    void rangesLeaveWhatTheirBoundsAllow() {
        assertThat(integers(range(1, 5), new Exact(6L))).isEqualTo(LESS);
        assertThat(integers(range(1, 5), new Exact(5L))).isEqualTo(LESS | EQUAL);
        assertThat(integers(new Range(1L, true, 5L, false), new Exact(5L))).isEqualTo(LESS);
        assertThat(integers(range(1, 5), new Exact(1L))).isEqualTo(EQUAL | GREATER);
        assertThat(integers(range(1, 5), new Exact(3L))).isEqualTo(COMPARED);
        assertThat(integers(new Exact(6L), range(1, 5))).isEqualTo(GREATER);
        assertThat(integers(range(1, 5), range(5, 9))).isEqualTo(LESS | EQUAL);
        assertThat(integers(range(5, 9), range(1, 5))).isEqualTo(EQUAL | GREATER);
        assertThat(integers(range(1, 4), range(5, 9))).isEqualTo(LESS);
        assertThat(integers(new Range(null, false, 4L, true), new Range(5L, true, null, false)))
                .isEqualTo(LESS);
        assertThat(Relation.between(type(Kind.TEXT, Equality.EXACT), new Range("a", true, "b", true), new Exact("x")))
                .isEqualTo(COMPARED);
    }

    @Test
    void aSetOfValuesIsTheUnionOfItsValues() {
        OneOf set = new OneOf(Set.of(1L, 3L));
        assertThat(integers(set, new Exact(2L))).isEqualTo(LESS | GREATER);
        assertThat(integers(set, new Exact(3L))).isEqualTo(LESS | EQUAL);
        assertThat(integers(new Exact(4L), set)).isEqualTo(GREATER);
        assertThat(integers(set, new OneOf(Set.of(1L, 5L)))).isEqualTo(COMPARED);
        assertThat(integers(set, range(5, 6))).isEqualTo(LESS);
        assertThat(integers(set, AbstractValue.UNKNOWN)).isEqualTo(COMPARED | ONE_NULL);
    }
}
