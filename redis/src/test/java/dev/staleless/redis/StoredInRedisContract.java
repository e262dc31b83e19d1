package dev.staleless.redis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.codec.MarkCodec;
import dev.staleless.core.codec.RegistryCodec;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.testkit.store.StoredBytesContract;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What a store on Redis passes, wherever its keys are. */
abstract class StoredInRedisContract extends StoredBytesContract {

    private final UUID database = UUID.randomUUID();
    private final Keys keys = new Keys("sl:", "contract", database);
    private final String uri;
    private final RawRedis raw;

    StoredInRedisContract(String uri, RawRedis raw) {
        this.uri = uri;
        this.raw = raw;
    }

    @Override
    protected Store open() {
        return Stores.patient(uri).build().open(database, "contract");
    }

    /** The server's clock goes by itself. */
    @Override
    protected void elapse(Duration time) {}

    @Override
    protected void loseLogs() {
        String pattern = RawRedis.text(keys.log(Partition.table(new TableName("s", "t"))))
                .replaceFirst(":l:.*", ":l:*");
        raw.keys(pattern).forEach(key -> raw.commands().del(key));
    }

    @Override
    protected void loseRegistry(TableName table) {
        raw.commands().del(keys.registry(table));
    }

    @Override
    protected void damageEntry(EntryKey key, UnaryOperator<byte[]> damage) {
        byte[] name = keys.entry(key);
        raw.commands().set(name, damage.apply(raw.commands().get(name)));
    }

    @Override
    protected void damageHead(Partition partition, UnaryOperator<byte[]> damage) {
        byte[] name = keys.log(partition);
        raw.commands().lset(name, 0, damage.apply(raw.commands().lindex(name, 0)));
    }

    @Override
    protected void damageMarks(TableName table, UnaryOperator<byte[]> damage) {
        byte[] name = keys.registry(table);
        for (byte[] field : raw.commands().hkeys(name)) {
            if (MarkCodec.decode(field) != null) {
                raw.commands().hdel(name, field);
                raw.commands().hset(name, damage.apply(field), new byte[0]);
            }
        }
    }

    @Override
    protected void damageCreation(TableName table, UnaryOperator<byte[]> damage) {
        byte[] name = keys.registry(table);
        byte[] field = RegistryCodec.creationField();
        raw.commands().hset(name, field, damage.apply(raw.commands().hget(name, field)));
    }
}
