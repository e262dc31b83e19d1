package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When images are fetched, by what they have cost. */
class ImageHistoryTest {
    private static final long QUICK = 100_000;
    private static final long SLOW = 5_000_000;

    private final ImageHistory history = new ImageHistory();

    /** Executions of which each takes as long as it takes with or without; returns how many fetched images. */
    private int run(int executions, long imaged, long plain, boolean useless) {
        int fetched = 0;
        for (int i = 0; i < executions; i++) {
            if (history.next()) {
                fetched++;
                history.imaged(imaged, useless);
            } else {
                history.plain(plain);
            }
        }
        return fetched;
    }

    @Test
    void imagesThatCostLittleAreFetchedButForSamples() {
        assertThat(run(320, QUICK, QUICK, false)).isEqualTo(310);
        assertThat(run(320, 3 * QUICK, QUICK, false))
                .as("small differences do not count")
                .isEqualTo(310);
    }

    @Test
    void imagesThatCostMuchAreLeft() {
        assertThat(run(500, SLOW, QUICK, false)).isLessThan(5);
        assertThat(run(2000, QUICK, QUICK, false)).as("tried again later").isGreaterThan(1000);
    }

    @Test
    void aFewSlowExecutionsDoNotCount() {
        for (int i = 0; i < 1000; i++) {
            if (history.next()) {
                history.imaged(i % 20 == 0 ? 100 * SLOW : QUICK, false);
            } else {
                history.plain(QUICK);
            }
        }
        assertThat(run(320, QUICK, QUICK, false)).isEqualTo(310);
    }

    @Test
    void tooManyRowsMakeThemRareAndFewRowsBringThemBack() {
        assertThat(run(1000, QUICK, QUICK, true)).isLessThan(10);
        assertThat(run(10_000, QUICK, QUICK, true)).isLessThan(10);
        history.imaged(QUICK, false);
        int afterRest = run(5000, QUICK, QUICK, false);
        assertThat(afterRest).isGreaterThan(500);
    }
}
