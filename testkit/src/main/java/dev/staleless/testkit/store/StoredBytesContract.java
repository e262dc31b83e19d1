package dev.staleless.testkit.store;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS;
import static dev.staleless.testkit.store.StoreFixture.append;
import static dev.staleless.testkit.store.StoreFixture.element;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static dev.staleless.testkit.store.StoreFixture.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract of a store that keeps bytes outside of the process: what cannot be read is missing, never wrong. */
public abstract class StoredBytesContract extends StoreContract {

    private static final long SEED = 20261123;

    /** For subclasses. */
    protected StoredBytesContract() {}

    /** Replaces the bytes of an entry. */
    protected abstract void damageEntry(EntryKey key, UnaryOperator<byte[]> damage);

    /** Replaces the bytes of the newest element of a log. */
    protected abstract void damageHead(Partition partition, UnaryOperator<byte[]> damage);

    /** Replaces the bytes of every mark in a registry. */
    protected abstract void damageMarks(TableName table, UnaryOperator<byte[]> damage);

    /** Replaces the bytes of a registry's creation mark. */
    protected abstract void damageCreation(TableName table, UnaryOperator<byte[]> damage);

    @Test
    final void malformedEntryIsNoEntry() {
        Entry entry = entry(key("a"), "rows");
        for (UnaryOperator<byte[]> damage : damages()) {
            join(store.publish(key("a"), entry, Duration.ofHours(1)));
            assertThat(store.read(key("a"), List.of()).entry()).isNotNull();
            damageEntry(key("a"), damage);
            assertThat(store.read(key("a"), List.of()).entry()).isNull();
        }
    }

    @Test
    final void logWithAMalformedElementHasNoHead() {
        store.report(List.of(), List.of(append(ALL_ORDERS, 1)));
        for (UnaryOperator<byte[]> damage : damages()) {
            store.report(List.of(), List.of(append(ALL_ORDERS, 2)));
            damageHead(ALL_ORDERS, damage);
            assertThat(store.read(key("a"), List.of(ALL_ORDERS)).heads()).containsExactly((Offset) null);
            assertThat(store.logs(List.of(ALL_ORDERS))).containsExactly(new Store.Log(null, List.of()));
            assertThatThrownBy(() -> store.open(List.of(ALL_ORDERS))).isInstanceOf(StoreException.class);
        }
    }

    @Test
    final void malformedElementBehindTheHeadLeavesNoLog() {
        store.report(List.of(), List.of(append(ALL_ORDERS, 1)));
        damageHead(ALL_ORDERS, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
        Store.Append append = new Store.Append(ALL_ORDERS, element(ORDERS, 2));
        store.report(List.of(), List.of(append));
        assertThat(store.logs(List.of(ALL_ORDERS))).containsExactly(new Store.Log(null, List.of()));
        assertThat(id(store.open(List.of(ALL_ORDERS)).get(0)))
                .isEqualTo(append.element().id());
    }

    @Test
    final void registryWithAMalformedMarkHasNoCreationMark() {
        Mark mark = mark(ORDERS, Set.of());
        for (UnaryOperator<byte[]> damage : damages()) {
            confirmed();
            store.report(List.of(mark), List.of());
            damageMarks(ORDERS, damage);
            assertThat(registry().creation()).isNull();
            assertThat(registry().version()).isNull();
            damageMarks(ORDERS, damaged -> new byte[0]);
            assertThat(registry().creation()).isNull();
            forgetMarks();
        }
    }

    @Test
    final void malformedCreationMarkIsMissingAndCanBeMadeAgain() {
        for (UnaryOperator<byte[]> damage : damages()) {
            UUID creation = confirmed();
            damageCreation(ORDERS, damage);
            assertThat(registry()).isEqualTo(new Registry(null, null, List.of()));
            UUID again = store.createRegistry(ORDERS);
            assertThat(again).isNotEqualTo(creation);
            assertThat(registry()).isEqualTo(new Registry(again, null, List.of()));
        }
    }

    /** Takes the registry of {@code orders} away, as an eviction would. */
    protected abstract void loseRegistry(TableName table);

    private void forgetMarks() {
        loseRegistry(ORDERS);
        assertThat(registry()).isEqualTo(new Registry(null, null, List.of()));
    }

    private UUID confirmed() {
        UUID creation = store.createRegistry(ORDERS);
        store.confirmRegistry(ORDERS, creation, 7);
        assertThat(registry()).isEqualTo(new Registry(creation, 7L, List.of()));
        return creation;
    }

    private Registry registry() {
        return store.registries(List.of(ORDERS)).get(0);
    }

    private static List<UnaryOperator<byte[]>> damages() {
        List<UnaryOperator<byte[]>> damages = new ArrayList<>(List.of(
                bytes -> new byte[0],
                bytes -> Arrays.copyOf(bytes, bytes.length - 1),
                bytes -> Arrays.copyOf(bytes, bytes.length + 1),
                bytes -> Arrays.copyOf(bytes, bytes.length / 2),
                bytes -> changed(bytes, 1, 1)));
        Random random = new Random(SEED);
        for (int i = 0; i < 50; i++) {
            int difference = 1 + random.nextInt(255);
            double position = random.nextDouble();
            damages.add(bytes -> changed(bytes, (int) (position * bytes.length), difference));
        }
        return damages;
    }

    private static byte[] changed(byte[] bytes, int position, int difference) {
        byte[] changed = bytes.clone();
        changed[position] ^= (byte) difference;
        return changed;
    }
}
