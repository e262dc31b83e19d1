package dev.staleless.jdbc.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.store.EntryKey;
import dev.staleless.jdbc.driver.SessionState;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that are taken for those of before have the key of before. */
class KnownValuesTest {

    private static final SessionState SESSION = new SessionState(
            "digest", List.of("public"), Connection.TRANSACTION_READ_COMMITTED, "session", "decoding", null);

    private final ResultKeys keys = new ResultKeys("database", "format");

    private static List<BoundValues> all() {
        List<BoundValues> all = new ArrayList<>();
        for (String setter : List.of("setObject", "setObject:4", "setInt", "setString")) {
            for (Object value : new Object[] {
                1,
                1L,
                (short) 1,
                (byte) 1,
                1.0,
                1.0f,
                0.0,
                -0.0,
                Double.NaN,
                "1",
                "",
                '1',
                true,
                new BigDecimal("1"),
                new BigDecimal("1.0"),
                new Date(0),
                new Timestamp(0),
                LocalDate.EPOCH,
                new UUID(0, 1),
                new byte[] {1},
                new Integer[] {1}
            }) {
                all.add(values(setter, value));
                all.add(values(setter, value));
            }
            all.add(values(setter, null));
        }
        BoundValues two = values("setInt", 1);
        two.bind(2, BoundValue.of("setInt", 1, null));
        all.add(two);
        all.add(new BoundValues());
        return all;
    }

    private static BoundValues values(String setter, @Nullable Object value) {
        BoundValues values = new BoundValues();
        values.bind(1, BoundValue.of(setter, value, null));
        return values;
    }

    private EntryKey key(BoundValues values) {
        return keys.key(SESSION, "SELECT ?", true, 0, values);
    }

    @Test
    void valuesThatAreEqualHaveOneKey() {
        List<BoundValues> all = all();
        int same = 0;
        for (BoundValues one : all) {
            for (BoundValues other : all) {
                BoundValues.Known known = one.known();
                if (known != null && known.equals(other.known())) {
                    assertThat(key(one)).isEqualTo(key(other));
                    same++;
                }
            }
        }
        assertThat(same).isGreaterThan(all.size());
    }

    @Test
    void timesDecimalsAndArraysAreNotTakenForOthers() {
        for (Object value : new Object[] {new Date(0), new Timestamp(0), new BigDecimal("1"), new byte[] {1}}) {
            assertThat(values("setObject", value).known()).isNull();
        }
        BoundValues unknown = new BoundValues();
        unknown.bind(1, null);
        assertThat(unknown.known()).isNull();
    }

    @Test
    void whatIsKnownDoesNotChangeWithTheStatement() {
        BoundValues values = values("setInt", 1);
        BoundValues.Known known = values.known();
        values.bind(1, BoundValue.of("setInt", 2, null));
        assertThat(known)
                .isNotEqualTo(values.known())
                .isEqualTo(values("setInt", 1).known());
    }
}
