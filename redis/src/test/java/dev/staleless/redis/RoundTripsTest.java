package dev.staleless.redis;

import static dev.staleless.testkit.store.StoreFixture.ALL_ITEMS;
import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ITEMS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS_OF_5;
import static dev.staleless.testkit.store.StoreFixture.ORDERS_REST;
import static dev.staleless.testkit.store.StoreFixture.append;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static dev.staleless.testkit.store.StoreFixture.mark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Store;
import dev.staleless.testkit.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each call of the store costs: commands, and times to wait for the server. And how long keys live. */
class RoundTripsTest {

    private static final List<Partition> LOGS = List.of(ORDERS_OF_5, ORDERS_REST, ALL_ITEMS);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = new TcpProxy(server.port());
    private final RawRedis raw = new RawRedis(server.uri());
    private final UUID database = UUID.randomUUID();
    private final Keys keys = new Keys("sl:", "trips", database);
    private Store store;

    @BeforeEach
    void open() {
        store = Stores.patient(proxy.uri())
                .keptElements(3, 5)
                .maxEntryTtl(Duration.ofMinutes(10))
                .build()
                .open(database, "trips");
    }

    @AfterEach
    void close() {
        store.close();
        raw.close();
        proxy.close();
        server.stop();
    }

    private void costs(int roundTrips, Map<String, Long> commands, Runnable call) {
        raw.commands().configResetstat();
        int before = proxy.roundTrips();
        call.run();
        assertThat(proxy.roundTrips() - before).isEqualTo(roundTrips);
        assertThat(raw.calls()).isEqualTo(commands);
    }

    @Test
    void hitIsOneRoundTripOfAGetAndAnIndexPerLog() {
        List<Offset> heads = store.open(LOGS);
        publish(heads, Duration.ofMinutes(1));
        costs(1, Map.of("get", 1L, "lindex", 3L), () -> {
            Store.Snapshot snapshot = store.read(key("a"), LOGS);
            assertThat(snapshot.entry()).isNotNull();
            assertThat(snapshot.heads()).isEqualTo(heads);
        });
    }

    @Test
    void commitIsOneRoundTripForMarksAndAppends() {
        List<Mark> marks = List.of(mark(ORDERS, Set.of()), mark(ITEMS, null));
        List<Store.Append> appends = List.of(append(ALL_ORDERS, 1), append(ORDERS_OF_5, 1), append(ALL_ITEMS, 2));
        Map<String, Long> first = Map.of("hset", 2L, "lpush", 3L, "pexpire", 3L);
        costs(1, first, () -> store.report(marks, appends));
        List<Store.Append> more = List.of(append(ALL_ORDERS, 2), append(ORDERS_OF_5, 2), append(ALL_ITEMS, 3));
        costs(1, Map.of("hset", 2L, "lpush", 3L), () -> store.report(marks, more));
        costs(
                1,
                Map.of("hdel", 2L),
                () -> store.resolve(marks).toCompletableFuture().join());
    }

    @Test
    void openingTakesASecondRoundTripOnlyWhereALogIsMissing() {
        Map<String, Long> creating = Map.of("lindex", 6L, "rpush", 3L, "pexpire", 3L);
        costs(2, creating, () -> store.open(LOGS));
        costs(1, Map.of("lindex", 3L), () -> store.open(LOGS));
    }

    @Test
    void publishingReadingLogsAndReadingRegistriesTakeOneRoundTripEach() {
        List<Offset> heads = store.open(LOGS);
        costs(1, Map.of("set", 1L, "pexpire", 3L), () -> publish(heads, Duration.ofMinutes(1)));
        costs(1, Map.of("set", 1L), () -> publish(heads, Duration.ofMinutes(1)));
        costs(1, Map.of("lrange", 3L), () -> store.logs(LOGS));
        costs(1, Map.of("hgetall", 2L), () -> store.registries(List.of(ORDERS, ITEMS)));
        costs(1, Map.of("hsetnx", 1L, "hget", 1L), () -> store.createRegistry(ORDERS));
        costs(1, Map.of("hset", 1L), () -> store.confirmRegistry(ORDERS, UUID.randomUUID(), 1));
    }

    @Test
    void claimIsOneRoundTripWithTheEntryAndTheHeadsAndSoAreItsEndAndAReplacement() {
        List<Offset> heads = store.open(LOGS);
        publish(heads, Duration.ofMinutes(1));
        UUID holder = UUID.randomUUID();
        costs(1, Map.of("set", 1L, "get", 2L, "lindex", 3L), () -> {
            Store.Claim claim = store.claim(key("a"), holder, Duration.ofMinutes(1), LOGS);
            assertThat(claim.holder()).isEqualTo(holder);
            assertThat(claim.snapshot().entry()).isNotNull();
            assertThat(claim.snapshot().heads()).isEqualTo(heads);
        });
        costs(
                1,
                Map.of("set", 1L, "get", 2L, "lindex", 3L),
                () -> assertThat(store.claim(key("a"), UUID.randomUUID(), Duration.ofMinutes(1), LOGS)
                                .holder())
                        .isEqualTo(holder));
        costs(
                1,
                Map.of("pexpire", 1L),
                () -> store.release(key("a")).toCompletableFuture().join());
        costs(
                1,
                Map.of("set", 1L),
                () -> store.replace(key("a"), entry(key("a"), "rows", LOGS, heads))
                        .toCompletableFuture()
                        .join());
    }

    @Test
    void logThatIsReadAgainIsAskedForItsNewestElementsAndForNothingUpToAHeadThatIsKnown() {
        for (int i = 0; i < 5; i++) {
            store.report(List.of(), List.of(append(ALL_ORDERS, i)));
        }
        List<Element> before = store.logs(List.of(ALL_ORDERS)).get(0).elements();
        Store.Append newer = append(ALL_ORDERS, 5);
        store.report(List.of(), List.of(newer));
        List<Offset> heads = store.open(List.of(ALL_ORDERS));
        Map<String, Long> one = Map.of("lrange", 1L);
        costs(1, one, () -> assertReadOn(before, newer, store.logs(List.of(ALL_ORDERS), heads)));
        costs(0, Map.of(), () -> assertReadOn(before, newer, store.logs(List.of(ALL_ORDERS), heads)));
        costs(1, one, () -> assertReadOn(before, newer, store.logs(List.of(ALL_ORDERS))));
    }

    private static void assertReadOn(List<Element> before, Store.Append newer, List<Store.Log> logs) {
        assertThat(logs.get(0).elements().get(0)).isEqualTo(newer.element());
        assertThat(logs.get(0).elements().subList(1, 5)).isEqualTo(before.subList(0, 4));
    }

    @Test
    void logsLiveLongerThanAnyEntryAndEntriesNoLongerThanTheLimit() {
        List<Offset> heads = store.open(LOGS);
        assertThat(ttl(keys.log(ORDERS_OF_5))).isEqualTo(21);
        publish(heads, Duration.ofDays(10));
        assertThat(ttl(keys.entry(key("a")))).isEqualTo(10);
        publish(heads, Duration.ofMinutes(3));
        assertThat(ttl(keys.entry(key("a")))).isEqualTo(3);
        raw.commands().pexpire(keys.log(ORDERS_OF_5), 60_000);
        // by a node that has not given it one a moment ago
        reopen();
        publish(heads, Duration.ofMinutes(3));
        assertThat(ttl(keys.log(ORDERS_OF_5))).isEqualTo(21);
        raw.commands().pexpire(keys.log(ORDERS_OF_5), 60_000);
        reopen();
        store.report(List.of(mark(ORDERS, null)), List.of(append(ORDERS_OF_5, 1)));
        assertThat(ttl(keys.log(ORDERS_OF_5))).isEqualTo(21);
        assertThat(raw.commands().pttl(keys.registry(ORDERS))).isEqualTo(-1);
    }

    private void reopen() {
        store.close();
        open();
    }

    /** In minutes, rounded up. */
    private long ttl(byte[] key) {
        return (raw.commands().pttl(key) + 59_999) / 60_000;
    }

    @Test
    void logThatAnAppendHasMadeAnewIsGivenATimeToLiveAfterIt() {
        store.report(List.of(), List.of(append(ORDERS_OF_5, 1)));
        raw.commands().del(keys.log(ORDERS_OF_5));
        store.report(List.of(), List.of(append(ORDERS_OF_5, 2), append(ORDERS_OF_5, 3)));
        awaitRest();
        assertThat(ttl(keys.log(ORDERS_OF_5))).isEqualTo(21);
    }

    @Test
    void logsAreTrimmedWhenTheyAreAQuarterLongerThanWhatIsKept() {
        for (int i = 0; i < 10; i++) {
            store.report(List.of(), List.of(append(ALL_ORDERS, i), append(ORDERS_OF_5, i)));
        }
        awaitRest();
        assertThat(raw.commands().llen(keys.log(ALL_ORDERS))).isBetween(5L, 6L);
        assertThat(raw.commands().llen(keys.log(ORDERS_OF_5))).isEqualTo(3);
    }

    /** What a report leaves to be done is sent on the same connection as the next one. */
    private void awaitRest() {
        store.report(List.of(mark(ITEMS, null)), List.of());
    }

    @Test
    void fillIsToldOfTheRegistriesInTheRoundTripOfItsClaimOrOfItsHeads() {
        List<Offset> heads = store.open(LOGS);
        UUID creation = store.createRegistry(ORDERS);
        costs(1, Map.of("set", 1L, "get", 2L, "lindex", 3L, "hgetall", 2L), () -> {
            Store.Claim claim = store.claimWithRegistries(
                    key("a"), UUID.randomUUID(), Duration.ofMinutes(1), LOGS, List.of(ORDERS, ITEMS));
            assertThat(claim.snapshot().heads()).isEqualTo(heads);
            assertThat(claim.registries().get(0).creation()).isEqualTo(creation);
        });
        costs(1, Map.of("lindex", 3L, "hgetall", 2L), () -> {
            Store.Opened opened = store.openWithRegistries(LOGS, List.of(ORDERS, ITEMS));
            assertThat(opened.heads()).isEqualTo(heads);
            assertThat(opened.registries().get(0).creation()).isEqualTo(creation);
        });
    }

    private void publish(List<Offset> heads, Duration ttl) {
        store.publish(key("a"), entry(key("a"), "rows", LOGS, heads), ttl)
                .toCompletableFuture()
                .join();
    }
}
