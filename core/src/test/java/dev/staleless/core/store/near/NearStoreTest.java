package dev.staleless.core.store.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When the near cache asks the store, and what it knows when it does not. */
class NearStoreTest {

    private static final int BOUND = 100;
    private static final TableName TABLE = new TableName("public", "t");
    private static final Partition ALL = Partition.table(TABLE);
    private static final Partition OF_5 = Partition.value(TABLE, "c", 5);
    private static final List<Partition> BOTH = List.of(ALL, OF_5);
    private static final EntryKey KEY = new EntryKey("key", new byte[] {1});

    private final FakeServer server = new FakeServer();
    private final NearStore near =
            NearStore.before(server, NearSettings.DEFAULTS.withBound(Duration.ofMillis(BOUND)), server);

    private void known() {
        server.fill(KEY, BOTH, Duration.ofHours(1));
        server.prove();
        server.deliverAll();
        near.read(KEY, BOTH);
        server.deliverAll();
        server.reads = 0;
    }

    private Store.Append append() {
        return new Store.Append(OF_5, new Element(UUID.randomUUID(), UUID.randomUUID(), List.of()));
    }

    private void isServedBy(int reads) {
        server.reads = 0;
        Store.Snapshot snapshot = near.read(KEY, BOTH);
        assertThat(server.reads).isEqualTo(reads);
        assertThat(snapshot.entry()).isNotNull();
    }

    @Test
    void hitWhoseLogsAreKnownAsksNobody() {
        known();
        Store.Snapshot snapshot = near.read(KEY, BOTH);
        assertThat(server.reads).isZero();
        assertThat(snapshot.heads()).containsExactly(server.head(ALL), server.head(OF_5));
    }

    @Test
    void afterObservingNoOlderHeadIsGiven() {
        known();
        server.report(List.of(), List.of(append()));
        assertThat(near.read(KEY, BOTH).heads()).doesNotContain(server.head(OF_5));
        near.observe(BOTH);
        assertThat(near.read(KEY, BOTH).heads()).containsExactly(server.head(ALL), server.head(OF_5));
    }

    @Test
    void headIsUnknownUntilItWasTold() {
        server.fill(KEY, BOTH, Duration.ofHours(1));
        server.prove();
        server.deliverAll();
        isServedBy(1);
        isServedBy(1);
        server.deliverAll();
        isServedBy(0);
    }

    @Test
    void nothingIsBelievedLongerThanTheBound() {
        known();
        server.elapse(BOUND);
        isServedBy(0);
        server.elapse(1);
        isServedBy(1);
        server.prove();
        server.deliverAll();
        isServedBy(0);
    }

    @Test
    void proofCountsFromWhenItWasAskedFor() {
        known();
        server.elapse(60);
        server.prove();
        server.elapse(60);
        isServedBy(1);
        server.deliverAll();
        isServedBy(0);
        server.elapse(41);
        isServedBy(1);
    }

    @Test
    void anothersChangeIsSeenWhenItIsTold() {
        known();
        server.append(OF_5);
        server.deliverAll();
        server.reads = 0;
        assertThat(near.read(KEY, BOTH).heads()).containsExactly(server.head(ALL), server.head(OF_5));
        assertThat(server.reads).isOne();
        server.deliverAll();
        isServedBy(0);
    }

    @Test
    void ownChangeIsSeenWhenItIsAcknowledged() {
        known();
        near.report(List.of(), List.of(append()));
        assertThat(near.read(KEY, BOTH).heads()).containsExactly(server.head(ALL), server.head(OF_5));
        assertThat(server.reads).isOne();
    }

    @Test
    void answerThatIsOlderThanAnOwnChangeIsForgotten() {
        server.fill(KEY, BOTH, Duration.ofHours(1));
        server.prove();
        server.deliverAll();
        near.read(KEY, BOTH);
        near.report(List.of(), List.of(append()));
        server.deliverAll();
        assertThat(near.read(KEY, BOTH).heads()).containsExactly(server.head(ALL), server.head(OF_5));
    }

    @Test
    void anotherConnectionHasToldNothing() {
        known();
        server.reconnect();
        isServedBy(1);
        server.prove();
        server.deliverAll();
        isServedBy(1);
        server.deliverAll();
        isServedBy(0);
    }

    @Test
    void entryIsKeptForWhatRemainsOfItsTime() {
        server.fill(KEY, BOTH, Duration.ofMillis(50));
        server.prove();
        server.deliverAll();
        near.read(KEY, BOTH);
        server.deliverAll();
        server.elapse(49);
        isServedBy(0);
        server.elapse(1);
        isServedBy(1);
    }

    @Test
    void entryThatMayNotBeServedIsForgotten() {
        known();
        near.outdated(KEY, java.util.Objects.requireNonNull(near.read(KEY, BOTH).entry()));
        isServedBy(1);
        server.deliverAll();
        isServedBy(0);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> NearSettings.DEFAULTS.withBound(Duration.ofMillis(9)))
                .hasMessageContaining("10 ms to 10 s");
        assertThatThrownBy(() -> NearSettings.DEFAULTS.withMaxBytes(0)).hasMessageContaining("positive");
    }

    /** Random changes, deliveries, proofs, breaks and reads: each read knows what was changed before the bound, and all of its own. */
    @Test
    void readIsNeverOlderThanTheBound() {
        long seed = Long.getLong("tests.near.seed", 20_261_124);
        Random random = new Random(seed);
        Map<Offset, Integer> positions = new HashMap<>();
        Deque<long[]> history = new ArrayDeque<>();
        int own = 0;
        server.fill(KEY, BOTH, Duration.ofHours(10));
        positions.put(server.head(OF_5), 0);
        history.add(new long[] {-1, 0});
        int served = 0;
        for (int i = 0; i < 200_000; i++) {
            switch (random.nextInt(12)) {
                case 0 -> {
                    server.append(OF_5);
                    int others = positions.size();
                    positions.put(server.head(OF_5), others);
                    history.addLast(new long[] {server.millis(), others});
                }
                case 1 -> {
                    if (random.nextInt(5) == 0) {
                        near.report(List.of(), List.of(append()));
                        own = positions.size();
                        positions.put(server.head(OF_5), own);
                        history.addLast(new long[] {server.millis(), own});
                    }
                }
                case 2, 3 -> server.prove();
                case 4 -> server.elapse(random.nextInt(random.nextInt(20) == 0 ? 200 : 10));
                case 5, 6, 7 -> {
                    boolean unused = server.deliver();
                }
                case 8 -> {
                    if (random.nextInt(200) == 0) {
                        server.reconnect();
                    }
                }
                default -> {
                    server.reads = 0;
                    Offset head = near.read(KEY, BOTH).heads().get(1);
                    served += server.reads == 0 ? 1 : 0;
                    while (history.size() > 1 && second(history)[0] < server.millis() - BOUND) {
                        history.removeFirst();
                    }
                    int known = positions.getOrDefault(head, -1);
                    assertThat(known)
                            .as("read %d, seed %d (-Dtests.near.seed)", i, seed)
                            .isGreaterThanOrEqualTo(Math.max(own, (int) history.getFirst()[1]));
                }
            }
        }
        assertThat(served).as("reads that asked nobody, seed %d", seed).isGreaterThan(1_000);
    }

    private static long[] second(Deque<long[]> history) {
        var each = history.iterator();
        each.next();
        return each.next();
    }
}
