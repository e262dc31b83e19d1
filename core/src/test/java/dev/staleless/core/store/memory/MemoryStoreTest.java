package dev.staleless.core.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the in-process store does beyond the contract of all stores, which {@code testkit} checks. */
class MemoryStoreTest {

    private static final TableName ORDERS = new TableName("public", "orders");
    private static final Store.Snapshot MISSING = new Store.Snapshot(null, Collections.singletonList(null));

    @Test
    void entriesAreBoundedByBytes() {
        MemoryStore store = MemoryStore.builder().maxBytes(100_000).build();
        for (int i = 0; i < 1_000; i++) {
            publish(store, "key" + i, 1_000);
        }
        int kept = 0;
        for (int i = 0; i < 1_000; i++) {
            kept += store.read(key("key" + i), List.of()).entry() == null ? 0 : 1;
        }
        assertThat(kept).isBetween(1, 100);
    }

    @Test
    void entryLargerThanTheBoundIsNotKept() {
        MemoryStore store = MemoryStore.builder().maxBytes(10_000).build();
        publish(store, "a", 20_000);
        assertThat(store.read(key("a"), List.of()).entry()).isNull();
    }

    @Test
    void logsAreBoundedByEventsInAll() {
        MemoryStore store = MemoryStore.builder().maxEvents(1_000).build();
        for (int i = 0; i < 5_000; i++) {
            Element element = new Element(UUID.randomUUID(), UUID.randomUUID(), List.of());
            store.report(List.of(), List.of(new Store.Append(partition(i), element)));
        }
        int kept = 0;
        for (int i = 0; i < 5_000; i++) {
            kept += store.logs(List.of(partition(i))).get(0).head() == null ? 0 : 1;
        }
        assertThat(kept).isBetween(1, 1_000);
    }

    @Test
    void partitionKeepsFewerElementsThanTheTablesOwnLog() {
        MemoryStore store = MemoryStore.builder().keptElements(3, 5).build();
        List<Partition> logs = List.of(partition(1), Partition.rest(ORDERS, "id"), Partition.table(ORDERS));
        for (int i = 0; i < 10; i++) {
            for (Partition log : logs) {
                Element element = new Element(UUID.randomUUID(), UUID.randomUUID(), List.of());
                store.report(List.of(), List.of(new Store.Append(log, element)));
            }
        }
        assertThat(store.logs(logs)).extracting(log -> log.elements().size()).containsExactly(3, 3, 5);
    }

    @Test
    void clearDropsEntriesAndLogsButNotTheMarksOfTransactionsInFlight() {
        MemoryStore store = MemoryStore.create();
        Mark mark = new Mark(ORDERS, UUID.randomUUID(), UUID.randomUUID(), null, null);
        publish(store, "a", 10);
        Offset head = store.open(List.of(partition(1))).get(0);
        UUID creation = store.createRegistry(ORDERS);
        store.report(List.of(mark), List.of());
        store.clear();
        assertThat(store.read(key("a"), List.of(partition(1)))).isEqualTo(MISSING);
        assertThat(store.open(List.of(partition(1)))).doesNotContain(head);
        assertThat(store.registries(List.of(ORDERS)).get(0).marks()).containsExactly(mark);
        assertThat(store.createRegistry(ORDERS)).isEqualTo(creation);
    }

    @Test
    void storesOfTwoInstancesHaveTwoServerIds() {
        List<Partition> logs = List.of(partition(1));
        Offset one = MemoryStore.create().open(logs).get(0);
        Offset two = MemoryStore.create().open(logs).get(0);
        assertThat(one.server()).isNotEqualTo(two.server());
    }

    @Test
    void storeEndsWithTheLastThatClosesIt() {
        MemoryStore memory = MemoryStore.create();
        Store one = memory.open(UUID.randomUUID(), "a");
        Store two = memory.open(UUID.randomUUID(), "a");
        one.close();
        publish(two, "a", 1);
        two.close();
        assertThatThrownBy(() -> two.read(key("a"), List.of())).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> memory.open(UUID.randomUUID(), "a")).isInstanceOf(StoreException.class);
    }

    @Test
    void optionThatMakesNoSenseIsRefusedByName() {
        assertThatThrownBy(() -> MemoryStore.builder().maxBytes(0)).hasMessage("maxBytes must be positive: 0");
        assertThatThrownBy(() -> MemoryStore.builder().keptElements(1, -1))
                .hasMessage("keptElements.table must be positive: -1");
    }

    private static Partition partition(int hash) {
        return Partition.value(ORDERS, "id", hash);
    }

    private static EntryKey key(String name) {
        return new EntryKey(name, new byte[] {1});
    }

    private static void publish(Store store, String name, int rows) {
        UUID id = UUID.randomUUID();
        Entry entry = new Entry(id, key(name).identity(), id, Map.of(), Map.of(), new byte[rows]);
        store.publish(key(name), entry, Duration.ofMinutes(1))
                .toCompletableFuture()
                .join();
    }
}
