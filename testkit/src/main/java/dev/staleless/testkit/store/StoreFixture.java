package dev.staleless.testkit.store;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.value.AbstractValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values to fill a store with. What needs to be unique has a fresh id. */
public final class StoreFixture {

    public static final TableName ORDERS = new TableName("public", "orders");
    public static final TableName ITEMS = new TableName("public", "items");
    public static final Partition ALL_ORDERS = Partition.table(ORDERS);
    public static final Partition ORDERS_REST = Partition.rest(ORDERS, "customer_id");
    public static final Partition ORDERS_OF_5 = Partition.value(ORDERS, "customer_id", 5);
    public static final Partition ALL_ITEMS = Partition.table(ITEMS);

    private StoreFixture() {}

    public static EntryKey key(String name) {
        return new EntryKey(name, ("identity of " + name).getBytes(StandardCharsets.UTF_8));
    }

    /** An entry of no tables. */
    public static Entry entry(EntryKey key, String rows) {
        return entry(key, rows, List.of(), List.of());
    }

    /** An entry that has seen its logs up to these heads. */
    public static Entry entry(EntryKey key, String rows, List<Partition> partitions, List<Offset> heads) {
        Map<Partition, Offset> offsets = new LinkedHashMap<>();
        Map<TableName, Long> generations = new LinkedHashMap<>();
        for (int i = 0; i < partitions.size(); i++) {
            offsets.put(partitions.get(i), heads.get(i));
            generations.put(partitions.get(i).table(), 7L + i);
        }
        byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
        return new Entry(UUID.randomUUID(), key.identity(), UUID.randomUUID(), generations, offsets, bytes);
    }

    /** A mark of a fresh transaction. */
    public static Mark mark(TableName table, @Nullable Set<String> partitions) {
        return new Mark(table, UUID.randomUUID(), UUID.randomUUID(), partitions, null);
    }

    /** An element of a fresh transaction with one event: the row of this id was deleted. */
    public static Element element(TableName table, long id) {
        return element(UUID.randomUUID(), table, id);
    }

    public static Element element(UUID transaction, TableName table, long id) {
        Image before = new Image(Map.of("id", new AbstractValue.Exact(id)));
        return new Element(UUID.randomUUID(), transaction, List.of(ChangeEvent.delete(table, before)));
    }

    public static Store.Append append(Partition partition, long id) {
        return new Store.Append(partition, element(partition.table(), id));
    }
}
