package dev.staleless.jdbc.result.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.policy.Limits;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that are cut, lengthened or corrupted make no result that is not one, and no exception. */
class ResultCodecTest {
    private static final long SEED = Long.getLong("tests.seed", 20261124L);

    private byte[] bytes;

    @BeforeEach
    void capture() throws Exception {
        DriverProfile profile = H2Profile.create();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement()) {
            StringBuilder columns = new StringBuilder("SELECT 1");
            H2Types.VALUES.forEach((type, values) -> columns.append(", CAST(")
                    .append(values.get(0))
                    .append(" AS ")
                    .append(type)
                    .append(")"));
            ResultSet rows = statement.executeQuery(columns.toString());
            bytes = ((Capture.Captured) profile.capture(rows, Limits.DEFAULT, true)).rows();
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        CapturedResult result = ResultCodec.decode(bytes);
        assertThat(result).isNotNull();
        assertThat(result.columns()).hasSize(H2Types.VALUES.size() + 1);
        assertThat(result.rows()).hasSize(1);
    }

    @Test
    void whatIsCutOrLengthenedIsNoResult() {
        for (int length = 0; length < bytes.length; length++) {
            assertThat(ResultCodec.decode(Arrays.copyOf(bytes, length)))
                    .as("cut to %s", length)
                    .isNull();
        }
        assertThat(ResultCodec.decode(Arrays.copyOf(bytes, bytes.length + 1))).isNull();
    }

    @Test
    void whatIsCorruptedThrowsNothing() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] corrupted = bytes.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                corrupted[random.nextInt(corrupted.length)] = (byte) random.nextInt();
            }
            CapturedResult result = ResultCodec.decode(corrupted);
            if (result != null) {
                result.rows().forEach(row -> assertThat(row).as("seed %s", SEED).doesNotContainNull());
            }
        }
    }
}
