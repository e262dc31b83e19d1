package dev.staleless.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Packing gives back what it was given, and unpacking makes nothing of what is no block. */
class Lz4Test {

    private static final long SEED = Long.getLong("tests.lz4.seed", 20_261_124);

    /** Made by the format's own description, not by this code: "abcd", nine times, then five literals. */
    @Test
    void blockOfAnotherWriterIsUnpacked() {
        byte[] block = HexFormat.of().parseHex("4f61626364040010507878787878");
        byte[] text = ("abcd".repeat(9) + "abcxxxxx").getBytes(StandardCharsets.US_ASCII);
        assertThat(Lz4.unpack(block, text.length)).isEqualTo(text);
    }

    @Test
    void whatIsPackedIsUnpacked() {
        Random random = new Random(SEED);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = bytes(random, random.nextInt(i % 20 == 0 ? 200_000 : 2_000), 1 + random.nextInt(40));
            byte[] packed = Lz4.pack(bytes, bytes.length * 2 + 64);
            assertThat(packed).as("seed %d, round %d", SEED, i).isNotNull();
            assertThat(Lz4.unpack(packed, bytes.length))
                    .as("seed %d, round %d", SEED, i)
                    .isEqualTo(bytes);
            assertThat(Lz4.unpack(packed, bytes.length + 1)).isNull();
        }
    }

    @Test
    void repeatedRowsTakeLittleAndRandomOnesAreLeft() {
        byte[] rows = "17;a name that is often the same;4711;true\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
        assertThat(Lz4.pack(rows, rows.length / 10)).isNotNull();
        byte[] noise = new byte[4_000];
        new Random(SEED).nextBytes(noise);
        assertThat(Lz4.pack(noise, noise.length - noise.length / 8)).isNull();
    }

    @Test
    void anythingElseIsNothingOrOfTheLengthAskedFor() {
        Random random = new Random(SEED);
        byte[] packed = Lz4.pack(bytes(random, 3_000, 8), 6_000);
        assertThat(packed).isNotNull();
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = packed.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            byte @Nullable [] unpacked = Lz4.unpack(damaged, 3_000);
            assertThat(unpacked == null || unpacked.length == 3_000).isTrue();
        }
        assertThat(Lz4.unpack(new byte[0], 0)).isNull();
        assertThat(Lz4.unpack(packed, Long.MAX_VALUE)).isNull();
        assertThat(Lz4.unpack(packed, -1)).isNull();
    }

    /** Bytes of so many letters, with repetitions. */
    private static byte[] bytes(Random random, int length, int letters) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            boolean again = i > 30 && random.nextInt(4) > 0;
            bytes[i] = again ? bytes[i - 1 - random.nextInt(30)] : (byte) random.nextInt(letters);
            if (again && random.nextInt(6) == 0) {
                int from = random.nextInt(i);
                int copied = Math.min(random.nextInt(80), length - i);
                for (int c = 0; c < copied; c++) {
                    bytes[i + c] = bytes[from + c];
                }
                i += Math.max(0, copied - 1);
            }
        }
        return bytes;
    }
}
