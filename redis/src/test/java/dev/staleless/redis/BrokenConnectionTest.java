package dev.staleless.redis;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS_REST;
import static dev.staleless.testkit.store.StoreFixture.append;
import static dev.staleless.testkit.store.StoreFixture.element;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static dev.staleless.testkit.store.StoreFixture.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.testkit.Deadline;
import dev.staleless.testkit.server.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that break at any byte: what was asked is done once or not at all, and nothing is sent again. */
class BrokenConnectionTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = new TcpProxy(server.port());
    private final RawRedis raw = new RawRedis(server.uri());
    private final UUID database = UUID.randomUUID();
    private Store store;
    private Store direct;

    @BeforeEach
    void open() {
        store = Stores.patient(proxy.uri()).build().open(database, "broken");
        direct = Stores.patient(server.uri()).build().open(database, "broken");
    }

    @AfterEach
    void close() {
        store.close();
        direct.close();
        raw.close();
        proxy.close();
        server.stop();
    }

    @Test
    void reportThatIsCutAtAnyByteIsAPrefixAndIsNotSentAgain() {
        long whole = requestBytesOfAReport();
        int begun = 0;
        for (long bytes = 0; bytes < whole; bytes += 13) {
            long pushes = raw.calls("lpush");
            proxy.cutRequestsAfter(bytes);
            Mark mark = mark(ORDERS, Set.of(ORDERS_REST.name()));
            List<Store.Append> appends = appends(mark);
            assertThatThrownBy(() -> store.report(List.of(mark), appends)).isInstanceOf(StoreException.class);
            proxy.heal();

            List<Store.Append> next = appends(mark);
            reportUntilConnected(next);
            assertThat(raw.calls("lpush") - pushes).isLessThanOrEqualTo(2L + appends.size());
            begun += checkPrefix(mark, appends, next);
        }
        assertThat(begun).isPositive();
    }

    /** The mark before the first element, the first before the second, each at most once, and below what came later. */
    private int checkPrefix(Mark mark, List<Store.Append> appends, List<Store.Append> next) {
        boolean marked = direct.registries(List.of(ORDERS)).get(0).marks().contains(mark);
        boolean before = marked;
        for (int i = 0; i < appends.size(); i++) {
            List<Element> log =
                    direct.logs(List.of(appends.get(i).partition())).get(0).elements();
            int count = Collections.frequency(log, appends.get(i).element());
            assertThat(count).isLessThanOrEqualTo(before ? 1 : 0);
            assertThat(log).startsWith(next.get(i).element());
            before = count == 1;
        }
        return marked ? 1 : 0;
    }

    @Test
    void reportWhoseAnswerIsLostWasDoneOnceAndIsNotSentAgain() {
        for (int bytes = 0; bytes < 12; bytes += 3) {
            proxy.cutRepliesAfter(bytes);
            Mark mark = mark(ORDERS, Set.of());
            List<Store.Append> appends = appends(mark);
            assertThatThrownBy(() -> store.report(List.of(mark), appends)).isInstanceOf(StoreException.class);
            proxy.heal();
            List<Store.Append> next = appends(mark);
            reportUntilConnected(next);
            assertThat(direct.logs(List.of(ALL_ORDERS)).get(0).elements())
                    .startsWith(next.get(0).element(), appends.get(0).element());
            assertThat(direct.registries(List.of(ORDERS)).get(0).marks()).containsOnlyOnce(mark);
        }
    }

    /** The server may have commands of a connection before it that it believes to be alive: it must not execute them later. */
    @Test
    void connectionThatIsReplacedIsEndedAtTheServer() {
        proxy.keepServerSide();
        proxy.cutRequestsAfter(20);
        assertThat(proxy.serverKeeps(3)).isTrue();
        assertThatThrownBy(() -> store.report(List.of(mark(ORDERS, Set.of())), List.of()))
                .isInstanceOf(StoreException.class);
        assertThat(proxy.serverKeeps(3)).isTrue();
        proxy.heal();
        reportUntilConnected(List.of(append(ALL_ORDERS, 1)));
        Deadline.await("the old connection is ended", () -> proxy.serverKeeps(3));
        assertThat(raw.commands()
                        .clientList()
                        .lines()
                        .filter(line -> line.contains("cmd=hset"))
                        .count())
                .isZero();
    }

    @Test
    void readWhoseConnectionBreaksThrowsAndTheNextOneIsAnswered() {
        direct.publish(key("a"), entry(key("a"), "rows"), LONG)
                .toCompletableFuture()
                .join();
        for (int bytes = 0; bytes < 60; bytes += 7) {
            proxy.cutRepliesAfter(bytes);
            assertThatThrownBy(() -> store.read(key("a"), List.of(ALL_ORDERS))).isInstanceOf(StoreException.class);
            proxy.heal();
            Stores.awaitAnswer(store);
            assertThat(store.read(key("a"), List.of()).entry()).isNotNull();
        }
    }

    @Test
    void whatIsUnderWayWhenAConnectionBreaksFailsItsStage() {
        proxy.cutRequestsAfter(1);
        assertThat(store.publish(key("a"), entry(key("a"), "x".repeat(1_000_000)), LONG))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StoreException.class);
        proxy.cutRequestsAfter(1);
        assertThat(store.resolve(List.of(mark(ORDERS, Set.of()))))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StoreException.class);
        assertThat(direct.read(key("a"), List.of()).entry()).isNull();
    }

    @Test
    void acknowledgedAppendsOfManyThreadsAreThereOnceWhateverBreaks() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<Element> acknowledged = Collections.synchronizedList(new ArrayList<>());
        List<Element> sent = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(threads.submit(() -> appendMany(sent, acknowledged)));
        }
        BooleanSupplier done = () -> writers.stream().allMatch(Future::isDone);
        Random random = new Random(20261123);
        Future<?> breaker = threads.submit(() -> {
            while (!done.getAsBoolean()) {
                int before = acknowledged.size();
                proxy.heal();
                Deadline.await("some progress", () -> acknowledged.size() > before + 20 || done.getAsBoolean());
                proxy.cutRequestsAfter(random.nextInt(5_000));
                Deadline.await("a break", () -> proxy.hasCut() || done.getAsBoolean());
            }
            proxy.heal();
        });
        for (Future<?> writer : writers) {
            writer.get();
        }
        breaker.get();
        threads.shutdown();
        List<Element> log = direct.logs(List.of(ALL_ORDERS)).get(0).elements();
        assertThat(log).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(sent).containsAll(log);
        assertThat(acknowledged.size()).isLessThan(sent.size());
    }

    private void appendMany(List<Element> sent, List<Element> acknowledged) {
        for (int i = 0; i < 200; i++) {
            Store.Append append = append(ALL_ORDERS, i);
            sent.add(append.element());
            try {
                store.report(List.of(), List.of(append));
                acknowledged.add(append.element());
            } catch (StoreException broken) {
                Stores.awaitAnswer(store);
            }
        }
    }

    private long requestBytesOfAReport() {
        Mark mark = mark(ORDERS, Set.of(ORDERS_REST.name()));
        // the first one gives the logs a time to live
        store.report(List.of(), appends(mark));
        long before = proxy.requestBytes();
        store.report(List.of(mark), appends(mark));
        return proxy.requestBytes() - before;
    }

    private static List<Store.Append> appends(Mark mark) {
        return List.of(
                new Store.Append(ALL_ORDERS, element(mark.transaction(), ORDERS, 1)),
                new Store.Append(ORDERS_REST, element(mark.transaction(), ORDERS, 1)));
    }

    private void reportUntilConnected(List<Store.Append> appends) {
        Deadline.await("connected again", () -> {
            try {
                store.report(List.of(), List.of());
                return true;
            } catch (StoreException notYet) {
                return false;
            }
        });
        store.report(List.of(), appends);
    }
}
