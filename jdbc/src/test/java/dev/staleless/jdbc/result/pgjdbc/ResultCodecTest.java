package dev.staleless.jdbc.result.pgjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.policy.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;
import org.postgresql.core.Tuple;

class ResultCodecTest {
    private static final long SEED = Long.getLong("tests.seed", 7L);

    private static Field[] fields() {
        Field name = new Field("näme", Oid.TEXT, (short) -1, -1, 4711, 2);
        Field id = new Field("id", Oid.INT8, (short) 8, -1, 4711, 1);
        id.setFormat(Field.BINARY_FORMAT);
        return new Field[] {name, id};
    }

    private static List<Tuple> rows(int count) {
        List<Tuple> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] text = i % 3 == 0 ? null : "x".repeat(i * 7).getBytes(StandardCharsets.UTF_8);
            rows.add(new Tuple(new byte[][] {text, new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) i}}));
        }
        return rows;
    }

    private static byte[] encoded(int count) {
        byte[] bytes = ResultCodec.encode(fields(), rows(count), Limits.DEFAULT);
        assertThat(bytes).isNotNull();
        return bytes;
    }

    @Test
    void aResultComesBackAsItWas() {
        CapturedResult result = ResultCodec.decode(encoded(50));
        assertThat(result).isNotNull();
        assertThat(result.columns())
                .containsExactlyElementsOf(
                        Arrays.stream(fields()).map(ColumnDescription::of).toList());
        for (int i = 0; i < 50; i++) {
            assertThat(result.rows().get(i).get(0)).isEqualTo(rows(50).get(i).get(0));
            assertThat(result.rows().get(i).get(1)).isEqualTo(rows(50).get(i).get(1));
        }
    }

    @Test
    void aResultWithoutColumnsKeepsItsRows() {
        byte[] bytes = ResultCodec.encode(new Field[0], List.of(new Tuple(0), new Tuple(0)), Limits.DEFAULT);
        assertThat(ResultCodec.decode(bytes).rows()).hasSize(2);
    }

    @Test
    void whatPassesALimitIsNotEncoded() {
        int size = encoded(50).length;
        assertThat(ResultCodec.encode(fields(), rows(50), new Limits(49, 1 << 20)))
                .isNull();
        assertThat(ResultCodec.encode(fields(), rows(50), new Limits(50, size - 1)))
                .isNull();
        assertThat(ResultCodec.encode(fields(), rows(50), new Limits(50, size))).hasSize(size);
    }

    @Test
    void everyTruncationAndEveryAdditionIsMalformed() {
        byte[] bytes = encoded(20);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(ResultCodec.decode(Arrays.copyOf(bytes, length)))
                    .as("cut to %s", length)
                    .isNull();
        }
        assertThat(ResultCodec.decode(Arrays.copyOf(bytes, bytes.length + 1))).isNull();
    }

    @Test
    void anotherVersionIsMalformed() {
        byte[] bytes = encoded(2);
        bytes[0]++;
        assertThat(ResultCodec.decode(bytes)).isNull();
    }

    @Test
    void randomCorruptionIsNeverMoreThanAnotherResult() {
        Random random = new Random(SEED);
        byte[] bytes = encoded(20);
        for (int i = 0; i < 20_000; i++) {
            byte[] corrupted = bytes.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                corrupted[random.nextInt(corrupted.length)] = (byte) random.nextInt();
            }
            CapturedResult result = ResultCodec.decode(corrupted);
            if (result != null) {
                assertThat(result.fields())
                        .as("seed %s", SEED)
                        .hasSize(result.columns().size());
            }
        }
    }
}
