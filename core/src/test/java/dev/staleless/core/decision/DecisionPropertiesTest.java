package dev.staleless.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * The decision against a plain evaluation of concrete rows. A failure names the seed of its case; {@code
 * -Dtests.seed=N} runs that one again.
 */
class DecisionPropertiesTest {

    @Property(tries = 15_000, seed = "20201123", shrinking = ShrinkingMode.OFF)
    void theTruthOfAConditionWasThoughtPossible(@ForAll("seeds") long seed) {
        assertThat(RandomCheck.condition(Logic.STANDARD, seed))
                .as("-Dtests.seed=" + seed)
                .isNull();
    }

    @Property(tries = 3_000, seed = "20201123", shrinking = ShrinkingMode.OFF)
    void aWriteThatChangesAResultAffectsItsQuery(@ForAll("seeds") long seed) {
        assertThat(RandomCheck.write(new Decision(Rules.standard()), seed))
                .as("-Dtests.seed=" + seed)
                .isNull();
    }

    @Property(tries = 10_000, seed = "20201123", shrinking = ShrinkingMode.OFF)
    void aWriteThatChangesTheCachedRowsAffectsTheirQuery(@ForAll("seeds") long seed) {
        assertThat(RandomShownCheck.write(new Decision(Rules.standard()), seed))
                .as("-Dtests.seed=" + seed)
                .isNull();
    }

    @Provide
    Arbitrary<Long> seeds() {
        Long one = Long.getLong("tests.seed");
        return one == null ? Arbitraries.longs().withoutEdgeCases() : Arbitraries.just(one);
    }
}
