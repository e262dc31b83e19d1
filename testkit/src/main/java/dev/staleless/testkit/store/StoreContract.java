package dev.staleless.testkit.store;

import static dev.staleless.testkit.store.StoreFixture.ALL_ITEMS;
import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ITEMS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS_OF_5;
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
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.testkit.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every {@link Store} does, as tests, those with several threads included. A store's own tests extend this class and
 * say how to open it, or {@link StoredBytesContract} if the store keeps bytes that others could damage.
 *
 * <p>Each test has an empty store of its own, and a second node on the same data. Longer than most classes: a contract is
 * one list.
 */
public abstract class StoreContract extends ConcurrentStoreContract {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int FAR_MORE_THAN_ARE_KEPT = 2_500;
    private static final int AT_LEAST_KEPT = 100;

    /** For subclasses. */
    protected StoreContract() {}

    // Entries

    @Test
    final void nothingThereIsNoEntryAndNoHeads() {
        Store.Snapshot snapshot = store.read(key("a"), List.of(ALL_ORDERS, ORDERS_REST));
        assertThat(snapshot.entry()).isNull();
        assertThat(snapshot.heads()).containsExactly(null, null);
    }

    @Test
    final void entryIsReadBackWholeByEveryNode() {
        List<Partition> partitions = List.of(ALL_ITEMS, ORDERS_OF_5, ORDERS_REST);
        List<Offset> heads = store.open(partitions);
        Entry entry = entry(key("a"), "rows", partitions, heads);
        publish(key("a"), entry);
        for (Store each : List.of(store, other)) {
            Store.Snapshot snapshot = each.read(key("a"), partitions);
            assertSame(snapshot.entry(), entry);
            assertThat(snapshot.heads()).isEqualTo(heads);
        }
    }

    @Test
    final void entryMayHaveNoRowsOrMany() {
        for (int size : new int[] {0, 1, 2_000_000}) {
            Entry entry = entry(key("a"), "x".repeat(size));
            publish(key("a"), entry);
            assertSame(store.read(key("a"), List.of()).entry(), entry);
        }
    }

    @Test
    final void entryReplacesTheOneBefore() {
        publish(key("a"), entry(key("a"), "long rows of the first entry"));
        Entry second = entry(key("a"), "short");
        other.publish(key("a"), second, HOUR).toCompletableFuture().join();
        assertSame(store.read(key("a"), List.of()).entry(), second);
    }

    @Test
    final void entryWrittenOverAnotherDoesNotOutliveIt() {
        Entry first = entry(key("a"), "rows");
        Entry second = entry(key("a"), "rows");
        join(store.publish(key("a"), first, Duration.ofMillis(500)));
        join(store.replace(key("a"), second));
        Entry there = store.read(key("a"), List.of()).entry();
        assertThat(there == null ? second.id() : there.id()).isIn(first.id(), second.id());
        elapse(Duration.ofMillis(501));
        Deadline.await(
                "the entry is gone", () -> store.read(key("a"), List.of()).entry() == null);
    }

    @Test
    final void entryIsNotWrittenOverNone() {
        join(store.replace(key("a"), entry(key("a"), "rows")));
        assertThat(store.read(key("a"), List.of()).entry()).isNull();
    }

    @Test
    final void entriesOfTwoKeysAreTwoEntries() {
        publish(key("a"), entry(key("a"), "rows of a"));
        publish(key("b"), entry(key("b"), "rows of b"));
        assertThat(rows(key("a"))).isEqualTo("rows of a");
        assertThat(rows(key("b"))).isEqualTo("rows of b");
    }

    @Test
    final void entryOfAnotherKeyUnderTheSameNameIsNoEntry() {
        EntryKey first = new EntryKey("same", new byte[] {1});
        EntryKey second = new EntryKey("same", new byte[] {2});
        publish(first, entry(first, "rows"));
        assertThat(store.read(second, List.of()).entry()).isNull();
        publish(second, entry(second, "other rows"));
        assertThat(store.read(first, List.of()).entry()).isNull();
        assertThat(rows(second)).isEqualTo("other rows");
    }

    @Test
    final void entryExpires() {
        publish(key("kept"), entry(key("kept"), "rows"));
        join(store.publish(key("a"), entry(key("a"), "rows"), Duration.ofMillis(50)));
        elapse(Duration.ofMillis(51));
        Deadline.await(
                "the entry is gone", () -> store.read(key("a"), List.of()).entry() == null);
        assertThat(rows(key("kept"))).isEqualTo("rows");
    }

    @Test
    final void timeToLiveMustBePositive() {
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertThatThrownBy(() -> join(store.publish(key("a"), entry(key("a"), "rows"), ttl)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(rows(key("a"))).isNull();
    }

    @Test
    final void timeToLiveMayBeVeryLongOrVeryShort() {
        join(store.publish(key("a"), entry(key("a"), "rows"), Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(rows(key("a"))).isEqualTo("rows");
        join(store.publish(key("a"), entry(key("a"), "rows"), Duration.ofNanos(1)));
        elapse(Duration.ofMillis(2));
        Deadline.await(
                "the entry is gone", () -> store.read(key("a"), List.of()).entry() == null);
    }

    // Logs

    @Test
    final void logIsOpenedWithOneElementWithoutEvents() {
        List<Offset> heads = store.open(List.of(ALL_ORDERS, ORDERS_REST, ALL_ITEMS));
        assertThat(heads).doesNotHaveDuplicates().hasSize(3);
        Store.Log log = other.logs(List.of(ALL_ORDERS)).get(0);
        assertThat(log.head()).isEqualTo(heads.get(0));
        assertThat(log.elements()).hasSize(1);
        assertThat(log.elements().get(0).events()).isEmpty();
        assertThat(log.elements().get(0).id()).isEqualTo(heads.get(0).element());
    }

    @Test
    final void openingDoesNotChangeALogThatIsThere() {
        List<Offset> first = store.open(List.of(ALL_ORDERS));
        List<Store.Log> before = store.logs(List.of(ALL_ORDERS));
        assertThat(other.open(List.of(ALL_ORDERS))).isEqualTo(first);
        assertThat(store.logs(List.of(ALL_ORDERS))).isEqualTo(before);

        Store.Append append = append(ALL_ITEMS, 1);
        store.report(List.of(), List.of(append));
        assertThat(id(store.open(List.of(ALL_ITEMS)).get(0)))
                .isEqualTo(append.element().id());
        assertThat(other.logs(List.of(ALL_ITEMS)).get(0).elements()).containsExactly(append.element());
    }

    @Test
    final void headsAndLogsComeInTheOrderAsked() {
        List<Partition> partitions = List.of(ORDERS_REST, ALL_ITEMS, ALL_ORDERS);
        List<Offset> heads = store.open(partitions);
        List<Partition> asked = List.of(ALL_ORDERS, ORDERS_OF_5, ORDERS_REST, ALL_ORDERS);
        List<@Nullable Offset> expected = Arrays.asList(heads.get(2), null, heads.get(0), heads.get(2));
        assertThat(store.read(key("a"), asked).heads()).isEqualTo(expected);
        assertThat(store.logs(asked)).extracting(Store.Log::head).isEqualTo(expected);
        assertThat(store.logs(asked).get(1).elements()).isEmpty();
    }

    @Test
    final void logThatIsAskedForTwiceIsOpenedOnce() {
        List<Offset> heads = store.open(List.of(ALL_ORDERS, ALL_ORDERS));
        assertThat(heads.get(0)).isEqualTo(heads.get(1));
    }

    @Test
    final void appendIsTheNewHeadForEveryNode() {
        Offset start = store.open(List.of(ALL_ORDERS)).get(0);
        Store.Append first = append(ALL_ORDERS, 1);
        Store.Append second = append(ALL_ORDERS, 2);
        store.report(List.of(), List.of(first));
        other.report(List.of(), List.of(second));
        for (Store each : List.of(store, other)) {
            assertThat(id(each.read(key("a"), List.of(ALL_ORDERS)).heads().get(0)))
                    .isEqualTo(second.element().id());
            Store.Log log = each.logs(List.of(ALL_ORDERS)).get(0);
            assertThat(log.elements().subList(0, 2)).containsExactly(second.element(), first.element());
            assertThat(log.elements()).last().extracting(Element::id).isEqualTo(start.element());
            assertThat(id(log.head())).isEqualTo(second.element().id());
        }
    }

    @Test
    final void everyKindOfEventAndValueIsReadBack() {
        Element element = EveryEvent.element(ORDERS);
        store.report(List.of(), List.of(new Store.Append(ALL_ORDERS, element)));
        assertThat(other.logs(List.of(ALL_ORDERS)).get(0).elements()).containsExactly(element);
    }

    @Test
    final void appendToAMissingLogCreatesIt() {
        Store.Append append = append(ORDERS_OF_5, 1);
        store.report(List.of(), List.of(append));
        assertThat(store.logs(List.of(ORDERS_OF_5)).get(0).elements()).containsExactly(append.element());
    }

    @Test
    final void appendsOfOneReportToOneLogKeepTheirOrder() {
        Store.Append first = append(ALL_ORDERS, 1);
        Store.Append second = append(ALL_ORDERS, 2);
        store.report(List.of(), List.of(first, second));
        assertThat(store.logs(List.of(ALL_ORDERS)).get(0).elements())
                .containsExactly(second.element(), first.element());
    }

    @Test
    final void appendToOneLogDoesNotChangeAnother() {
        List<Offset> heads = store.open(List.of(ORDERS_OF_5, ALL_ITEMS));
        store.report(List.of(), List.of(append(ALL_ORDERS, 1), append(ORDERS_REST, 1)));
        assertThat(store.open(List.of(ORDERS_OF_5, ALL_ITEMS))).isEqualTo(heads);
    }

    @Test
    final void logKeepsItsNewestElementsWithoutAGap() {
        Offset start = store.open(List.of(ALL_ORDERS)).get(0);
        List<Element> appended = new ArrayList<>();
        for (int i = 0; i < FAR_MORE_THAN_ARE_KEPT; i += 100) {
            List<Store.Append> appends = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                appends.add(append(ALL_ORDERS, i + j));
                appended.add(0, appends.get(j).element());
            }
            store.report(List.of(), appends);
        }
        List<Element> kept = other.logs(List.of(ALL_ORDERS)).get(0).elements();
        assertThat(kept).hasSizeBetween(AT_LEAST_KEPT, FAR_MORE_THAN_ARE_KEPT - 1);
        assertThat(kept).isEqualTo(appended.subList(0, kept.size()));
        assertThat(kept).extracting(Element::id).doesNotContain(start.element());
    }

    @Test
    final void lostLogIsMissingAndNeverTheSameAgain() {
        Offset before = store.open(List.of(ALL_ORDERS)).get(0);
        store.report(List.of(), List.of(append(ALL_ORDERS, 1)));
        Offset appended = store.open(List.of(ALL_ORDERS)).get(0);
        loseLogs();
        assertThat(store.read(key("a"), List.of(ALL_ORDERS)).heads()).containsExactly((Offset) null);
        assertThat(store.logs(List.of(ALL_ORDERS))).containsExactly(new Store.Log(null, List.of()));
        assertThat(store.open(List.of(ALL_ORDERS)).get(0)).isNotIn(before, appended);
    }

    // Registries and reports

    @Test
    final void missingRegistryProvesNothing() {
        assertThat(store.registries(List.of(ORDERS))).containsExactly(new Registry(null, null, List.of()));
    }

    @Test
    final void creationMarkIsMadeOnce() {
        UUID creation = store.createRegistry(ORDERS);
        assertThat(store.createRegistry(ORDERS)).isEqualTo(creation);
        assertThat(other.createRegistry(ORDERS)).isEqualTo(creation);
        assertThat(other.createRegistry(ITEMS)).isNotEqualTo(creation);
        assertThat(other.registries(List.of(ORDERS))).containsExactly(new Registry(creation, null, List.of()));
    }

    @Test
    final void registryHasTheVersionOfItsCreationMarkOnly() {
        UUID creation = store.createRegistry(ORDERS);
        store.confirmRegistry(ORDERS, UUID.randomUUID(), 3);
        assertThat(registry()).isEqualTo(new Registry(creation, null, List.of()));
        store.confirmRegistry(ORDERS, creation, 4_294_967_300L);
        store.confirmRegistry(ORDERS, UUID.randomUUID(), 5);
        assertThat(registry()).isEqualTo(new Registry(creation, 4_294_967_300L, List.of()));
        assertThat(other.createRegistry(ORDERS)).isEqualTo(creation);
        assertThat(other.registries(List.of(ORDERS)).get(0).version()).isEqualTo(4_294_967_300L);
    }

    @Test
    final void registriesComeInTheOrderAsked() {
        UUID orders = store.createRegistry(ORDERS);
        UUID items = store.createRegistry(ITEMS);
        assertThat(store.registries(List.of(ITEMS, ORDERS, ITEMS)))
                .extracting(Registry::creation)
                .containsExactly(items, orders, items);
    }

    @Test
    final void marksAreReadBackInEveryForm() {
        UUID id = UUID.randomUUID();
        List<Mark> marks = List.of(
                mark(ORDERS, null),
                mark(ORDERS, Set.of()),
                mark(ORDERS, Set.of(ORDERS_REST.name(), ORDERS_OF_5.name())),
                new Mark(ORDERS, id, id, null, "session 5"));
        store.report(marks, List.of());
        assertThat(other.registries(List.of(ORDERS)).get(0).marks()).containsExactlyInAnyOrderElementsOf(marks);
    }

    @Test
    final void marksStandInTheRegistryOfTheirTable() {
        Mark order = mark(ORDERS, null);
        Mark item = mark(ITEMS, null);
        store.report(List.of(order, item), List.of());
        List<Registry> registries = store.registries(List.of(ORDERS, ITEMS));
        assertThat(registries.get(0).marks()).containsExactly(order);
        assertThat(registries.get(1).marks()).containsExactly(item);
    }

    @Test
    final void creationMarkComesBesideMarksThatAreThere() {
        Mark mark = mark(ORDERS, Set.of());
        store.report(List.of(mark), List.of());
        assertThat(registry()).isEqualTo(new Registry(null, null, List.of(mark)));
        UUID creation = store.createRegistry(ORDERS);
        assertThat(registry()).isEqualTo(new Registry(creation, null, List.of(mark)));
    }

    @Test
    final void markIsRemovedByItsExactValueOnly() {
        Mark mark = mark(ORDERS, Set.of(ORDERS_REST.name()));
        Mark wider = new Mark(ORDERS, mark.transaction(), mark.node(), null, null);
        Mark ofSession = new Mark(ORDERS, mark.transaction(), mark.node(), mark.partitions(), "5");
        Mark ofOtherNode = new Mark(ORDERS, mark.transaction(), UUID.randomUUID(), mark.partitions(), null);
        store.report(List.of(mark, wider), List.of());
        join(other.resolve(List.of(ofSession, ofOtherNode)));
        assertThat(registry().marks()).containsExactlyInAnyOrder(mark, wider);
        join(other.resolve(List.of(mark)));
        assertThat(registry().marks()).containsExactly(wider);
        join(other.resolve(List.of(mark, wider)));
        join(other.resolve(List.of(mark)));
        assertThat(registry().marks()).isEmpty();
    }

    @Test
    final void reportOfNothingAndResolveOfNothingAreDone() {
        store.report(List.of(), List.of());
        join(store.resolve(List.of()));
        assertThat(registry()).isEqualTo(new Registry(null, null, List.of()));
    }

    @Test
    final void elementIsAppendedOncePerReport() {
        Mark mark = mark(ORDERS, Set.of());
        Store.Append first = new Store.Append(ALL_ORDERS, element(mark.transaction(), ORDERS, 1));
        Store.Append second = new Store.Append(ALL_ORDERS, element(mark.transaction(), ORDERS, 1));
        store.report(List.of(mark), List.of(first));
        store.report(List.of(mark), List.of(second));
        assertThat(registry().marks()).containsExactly(mark);
        assertThat(store.logs(List.of(ALL_ORDERS)).get(0).elements())
                .containsExactly(second.element(), first.element());
    }

    @Test
    final void whatDependsOnAStageMayCallTheStore() {
        Mark mark = mark(ORDERS, Set.of());
        join(store.publish(key("a"), entry(key("a"), "rows"), HOUR)
                .thenRun(() -> store.report(List.of(mark), List.of(append(ALL_ORDERS, 1))))
                .thenCompose(done -> store.resolve(List.of(mark)))
                .thenRun(() -> assertThat(registry().marks()).isEmpty()));
    }

    // Closing

    @Test
    final void closedStoreRefusesEverything() {
        List<Partition> partitions = List.of(ALL_ORDERS);
        Entry entry = entry(key("a"), "rows");
        store.close();
        other.close();
        List<Executable> calls = List.of(
                () -> store.read(key("a"), partitions),
                () -> store.logs(partitions),
                () -> store.open(partitions),
                () -> store.registries(List.of(ORDERS)),
                () -> store.createRegistry(ORDERS),
                () -> store.confirmRegistry(ORDERS, UUID.randomUUID(), 1),
                () -> store.report(List.of(mark(ORDERS, null)), List.of()),
                () -> join(store.resolve(List.of(mark(ORDERS, null)))),
                () -> join(store.publish(key("a"), entry, HOUR)));
        for (Executable call : calls) {
            assertThatThrownBy(call::execute).isInstanceOf(StoreException.class);
        }
    }

    /** Compares the parts; an array of some million bytes is too long to be compared by reflection. */
    private static void assertSame(@Nullable Entry actual, Entry expected) {
        assertThat(actual).isNotNull();
        assertThat(actual.id()).isEqualTo(expected.id());
        assertThat(actual.key()).isEqualTo(expected.key());
        assertThat(actual.epoch()).isEqualTo(expected.epoch());
        assertThat(actual.generations()).isEqualTo(expected.generations());
        assertThat(actual.offsets()).isEqualTo(expected.offsets());
        assertThat(Arrays.equals(actual.rows(), expected.rows()))
                .as("equal rows")
                .isTrue();
    }

    private Registry registry() {
        return store.registries(List.of(ORDERS)).get(0);
    }

    private void publish(EntryKey key, Entry entry) {
        join(store.publish(key, entry, HOUR));
    }

    private @Nullable String rows(EntryKey key) {
        Entry entry = store.read(key, List.of()).entry();
        return entry == null ? null : new String(entry.rows(), StandardCharsets.UTF_8);
    }
}
