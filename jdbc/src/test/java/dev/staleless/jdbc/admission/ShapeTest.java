package dev.staleless.jdbc.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.store.EntryKey;
import dev.staleless.jdbc.admission.SimulatedWorkload.Costs;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final AdmissionSettings DEFAULTS = AdmissionSettings.DEFAULTS;

    /** Every hit is timed. */
    private static final AdmissionSettings SETTINGS = new AdmissionSettings(
            DEFAULTS.executions(),
            DEFAULTS.longest(),
            DEFAULTS.loss(),
            DEFAULTS.margin(),
            DEFAULTS.pause(),
            DEFAULTS.longestPause(),
            DEFAULTS.trialShare(),
            1);

    private static final Costs CHEAP_QUERY = Costs.micros(60, 40, 250);
    private static final Costs USUAL_QUERY = Costs.micros(800, 40, 250);

    private final SimulatedWorkload workload = new SimulatedWorkload(Long.getLong("tests.seed", 7), SETTINGS);
    private final Random random = workload.random();
    private int next;

    @Test
    void resultsThatAreNeverAskedForAgainAreNotCached() {
        workload.run(100_000, USUAL_QUERY, () -> next++, 0);

        assertThat(workload.shape().report().admitted()).isFalse();
        assertThat(workload.ratio()).isLessThan(1.02);
    }

    @Test
    void resultsThatAreAlwaysChangedAreNotCached() {
        workload.run(100_000, CHEAP_QUERY, () -> random.nextInt(20), 0.9);

        assertThat(workload.shape().report().admitted()).isFalse();
        assertThat(workload.ratio()).isLessThan(1.05);
    }

    @Test
    void resultsThatAreSeldomChangedStayCached() {
        workload.run(100_000, USUAL_QUERY, () -> random.nextInt(2_000), 0.2);

        assertThat(workload.shape().report().stopped()).isZero();
        assertThat(workload.ratio()).isLessThan(1.001);
    }

    @Test
    void manyResultsAreGivenTheTimeToBeThere() {
        workload.run(1_000_000, USUAL_QUERY, () -> random.nextInt(20_000), 0);

        assertThat(workload.shape().report().admitted()).isTrue();
        assertThat(workload.ratio()).isLessThan(1.1);
    }

    @Test
    void whatTakesAboutAsLongEitherWaySparesTheDatabase() {
        workload.run(100_000, Costs.micros(50, 52, 100), () -> random.nextInt(50), 0);

        assertThat(workload.shape().report().stopped()).isZero();
    }

    @Test
    void hitsThatTakeMuchLongerThanTheDatabaseAreNotWorthIt() {
        workload.run(100_000, Costs.micros(20, 60, 100), () -> random.nextInt(50), 0);

        assertThat(workload.shape().report().admitted()).isFalse();
        assertThat(workload.ratio()).isLessThan(1.2);
    }

    @Test
    void isTriedAgainWhenChangesHaveBecomeSeldom() {
        workload.run(20_000, USUAL_QUERY, () -> random.nextInt(500), 1);
        assertThat(workload.shape().report().admitted()).isFalse();

        workload.run(100_000, USUAL_QUERY, () -> random.nextInt(500), 0.01);
        assertThat(workload.shape().report().admitted()).isTrue();
    }

    @Test
    void aQueryWithOneResultIsTriedAgain() {
        workload.run(20_000, USUAL_QUERY, () -> 0, 1);
        assertThat(workload.shape().report().admitted()).isFalse();

        workload.run(100_000, USUAL_QUERY, () -> 0, 0.01);
        assertThat(workload.shape().report().admitted()).isTrue();
    }

    @Test
    void trialsThatShowNothingCostLittle() {
        workload.run(1_000_000, CHEAP_QUERY, () -> random.nextInt(500), 1);

        assertThat(workload.shape().report().admitted()).isFalse();
        assertThat(workload.shape().report().stopped()).isEqualTo(1);
        assertThat(workload.ratio()).isLessThan(1.03);
    }

    @Test
    void isNotTriedBeforeThePauseIsOver() {
        workload.run(2_000, USUAL_QUERY, () -> next++, 0);
        assertThat(workload.shape().report().admitted()).isFalse();
        workload.run(Trial.most(), USUAL_QUERY, () -> next++, 0);
        long misses = workload.shape().report().absent();

        workload.run(100, USUAL_QUERY, () -> next++, 0);
        assertThat(workload.shape().report().absent()).isEqualTo(misses);
        workload.pass(Duration.ofMinutes(1));
        workload.run(100_000, USUAL_QUERY, () -> next++, 0);
        assertThat(workload.shape().report().absent()).isGreaterThan(misses);
    }

    @Test
    void aLittleLossDecidesNothing() {
        workload.run(127, USUAL_QUERY, () -> next++, 0);
        assertThat(workload.shape().report().admitted()).isTrue();

        SimulatedWorkload quick = new SimulatedWorkload(1, SETTINGS);
        quick.run(1_000, Costs.micros(20, 10, 20), () -> next++, 0);
        assertThat(quick.shape().report().admitted()).isTrue();
    }

    @Test
    void whoeverAsksForItAlwaysGetsIt() {
        workload.run(2_000, USUAL_QUERY, () -> next++, 0);
        EntryKey key = new EntryKey("k", new byte[0]);

        assertThat(workload.shape().admits(key, Admission.ADAPTIVE)).isFalse();
        assertThat(workload.shape().admits(key, Admission.ALWAYS)).isTrue();
    }

    @Test
    void whatIsNotTheQuerysFaultDoesNotCount() {
        for (MissReason reason : MissReason.values()) {
            if (Outcome.of(reason) == null) {
                for (int i = 0; i < 10_000; i++) {
                    workload.shape().missed(reason, 1_000_000, 1_000);
                }
            }
        }

        assertThat(workload.shape().report().admitted()).isTrue();
        assertThat(workload.shape().report().absent()).isZero();
    }
}
