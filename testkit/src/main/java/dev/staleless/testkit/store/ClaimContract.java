package dev.staleless.testkit.store;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS_OF_5;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Store;
import dev.staleless.testkit.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The part of {@link StoreContract} that is about claims. A store that is not shared has none to tell of. */
abstract class ClaimContract extends TwoNodes {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(2, 2);

    private static UUID claim(Store node, String key, UUID holder, Duration time) {
        return node.claim(key(key), holder, time, List.of()).holder();
    }

    @Test
    final void claimStandsAgainstThoseOfOtherNodesUntilItIsReleased() {
        assertThat(claim(store, "a", FIRST, HOUR)).isEqualTo(FIRST);
        if (store.shared()) {
            assertThat(claim(other, "a", SECOND, HOUR)).isEqualTo(FIRST);
            assertThat(claim(store, "a", FIRST, HOUR)).isEqualTo(FIRST);
        }
        assertThat(claim(other, "b", SECOND, HOUR)).isEqualTo(SECOND);
        join(store.release(key("a")));
        Deadline.await(
                "the claim is gone", () -> claim(other, "a", SECOND, HOUR).equals(SECOND));
    }

    @Test
    final void claimEndsByItself() {
        assertThat(claim(store, "a", FIRST, Duration.ofMillis(50))).isEqualTo(FIRST);
        Deadline.await(
                "the claim is gone", () -> claim(other, "a", SECOND, HOUR).equals(SECOND));
    }

    @Test
    final void claimTellsEntryAndHeadsWhoeverHasIt() {
        List<Partition> partitions = List.of(ALL_ORDERS, ORDERS_OF_5);
        assertThat(store.claim(key("a"), FIRST, HOUR, partitions).snapshot().heads())
                .containsExactly(null, null);
        List<Offset> heads = store.open(partitions);
        join(store.publish(key("a"), entry(key("a"), "rows", partitions, heads), HOUR));
        for (Store node : List.of(store, other)) {
            Store.Snapshot snapshot =
                    node.claim(key("a"), SECOND, HOUR, partitions).snapshot();
            assertThat(snapshot.heads()).isEqualTo(heads);
            assertThat(snapshot.entry()).isNotNull();
        }
    }

    @Test
    final void claimIsNoEntryAndReleasingOneThatIsNotThereDoesNothing() {
        claim(store, "a", FIRST, HOUR);
        assertThat(store.read(key("a"), List.of()).entry()).isNull();
        join(store.release(key("b")));
    }
}
