package dev.staleless.testkit.store;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static dev.staleless.testkit.store.StoreFixture.mark;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The part of {@link StoreContract} in which several threads and two nodes use the store at once. */
abstract class ConcurrentStoreContract extends ClaimContract {

    private static final int WRITERS = 4;
    private static final int APPENDS = 25;
    private static final int ROUNDS = 200;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger working = new AtomicInteger();

    @AfterEach
    final void endThreads() {
        threads.shutdownNow();
    }

    @Test
    final void allReadersSeeTheAppendsToALogInOneOrder() {
        List<Future<Void>> futures = new ArrayList<>();
        List<List<Element>> seen = new ArrayList<>();
        working.set(WRITERS);
        for (int writer = 0; writer < WRITERS; writer++) {
            Store node = writer % 2 == 0 ? store : other;
            int first = writer * APPENDS;
            futures.add(working(() -> appendOrders(node, first)));
        }
        for (Store node : List.of(store, other)) {
            futures.add(whileWorking(() -> {
                List<Element> elements = node.logs(List.of(ALL_ORDERS)).get(0).elements();
                synchronized (seen) {
                    seen.add(elements);
                }
            }));
        }
        await(futures);

        List<Element> whole = store.logs(List.of(ALL_ORDERS)).get(0).elements();
        assertThat(whole).doesNotHaveDuplicates().hasSize(WRITERS * APPENDS);
        for (List<Element> part : seen) {
            assertThat(part).isEqualTo(whole.subList(whole.size() - part.size(), whole.size()));
        }
    }

    private void appendOrders(Store node, int first) {
        for (int i = 0; i < APPENDS; i++) {
            Store.Append append = StoreFixture.append(ALL_ORDERS, first + i);
            node.report(List.of(), List.of(append));
            assertThat(node.logs(List.of(ALL_ORDERS)).get(0).elements()).contains(append.element());
        }
    }

    @Test
    final void whoSeesAnElementFindsItsMark() {
        working.set(1);
        Future<Void> writer = working(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                Mark mark = mark(ORDERS, Set.of());
                Element element = StoreFixture.element(mark.transaction(), ORDERS, i);
                store.report(List.of(mark), List.of(new Store.Append(ALL_ORDERS, element)));
            }
        });
        Future<Void> reader = whileWorking(() -> {
            List<Element> elements = other.logs(List.of(ALL_ORDERS)).get(0).elements();
            List<Mark> marks = other.registries(List.of(ORDERS)).get(0).marks();
            assertThat(marks)
                    .extracting(Mark::transaction)
                    .containsAll(elements.stream().map(Element::transaction).toList());
        });
        await(List.of(writer, reader));
    }

    @Test
    final void registryIsReadInOnePiece() {
        Mark first = mark(ORDERS, Set.of());
        store.report(List.of(first), List.of());
        working.set(1);
        Future<Void> writer = working(() -> {
            Mark last = first;
            for (int i = 0; i < ROUNDS; i++) {
                Mark next = mark(ORDERS, Set.of());
                store.report(List.of(next), List.of());
                join(store.resolve(List.of(last)));
                last = next;
            }
        });
        Future<Void> reader = whileWorking(() ->
                assertThat(other.registries(List.of(ORDERS)).get(0).marks()).hasSizeBetween(1, 2));
        await(List.of(writer, reader));
    }

    @Test
    final void openingRacesWithAppendingAndLosesNeither() {
        for (int i = 0; i < ROUNDS; i++) {
            Partition partition = Partition.value(ORDERS, "id", i);
            Store.Append append = StoreFixture.append(partition, i);
            List<Offset> opened = new ArrayList<>();
            await(List.of(
                    working(() -> open(store, partition, opened)),
                    working(() -> open(other, partition, opened)),
                    working(() -> store.report(List.of(), List.of(append)))));

            Store.Log log = store.logs(List.of(partition)).get(0);
            assertThat(log.elements())
                    .startsWith(append.element())
                    .filteredOn(append.element()::equals)
                    .hasSize(1);
            assertThat(log.elements())
                    .extracting(Element::id)
                    .containsAll(opened.stream().map(Offset::element).toList());
            assertThat(id(log.head())).isEqualTo(append.element().id());
        }
    }

    private static void open(Store node, Partition partition, List<Offset> opened) {
        Offset head = node.open(List.of(partition)).get(0);
        synchronized (opened) {
            opened.add(head);
        }
    }

    @Test
    final void entryIsReadAsOneOfThosePublished() {
        EntryKey key = key("a");
        Map<UUID, Entry> entries = new HashMap<>();
        for (int i = 0; i < WRITERS; i++) {
            Entry entry = entry(key, String.valueOf(i).repeat(1 + i * 20_000));
            entries.put(entry.id(), entry);
        }
        working.set(WRITERS);
        List<Future<Void>> futures = new ArrayList<>();
        for (Entry entry : entries.values()) {
            futures.add(working(() -> {
                for (int i = 0; i < ROUNDS / WRITERS; i++) {
                    join(store.publish(key, entry, Duration.ofHours(1)));
                }
            }));
        }
        futures.add(whileWorking(() -> {
            Entry read = other.read(key, List.of()).entry();
            assertThat(read == null
                            || Arrays.equals(
                                    read.rows(),
                                    requireNonNull(entries.get(read.id())).rows()))
                    .isTrue();
        }));
        await(futures);
    }

    private Future<Void> working(Runnable work) {
        return threads.submit(called(() -> {
            try {
                work.run();
            } finally {
                working.decrementAndGet();
            }
        }));
    }

    /** Repeats until all that is working has ended. */
    private Future<Void> whileWorking(Runnable look) {
        return threads.submit(called(() -> {
            while (working.get() > 0) {
                look.run();
            }
        }));
    }

    private static Callable<Void> called(Runnable body) {
        return Executors.callable(body, null);
    }

    private static void await(List<Future<Void>> futures) {
        for (Future<Void> future : futures) {
            try {
                future.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException | InterruptedException | TimeoutException e) {
                throw new AssertionError("A thread failed", e);
            }
        }
    }
}
