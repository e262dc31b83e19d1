package dev.staleless.testkit.store;

import dev.staleless.core.store.Store;
import dev.staleless.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.UUID;

class MemoryStoreContractTest extends StoreContract {

    private static final UUID DATABASE = UUID.randomUUID();

    private long now;
    private final MemoryStore memory =
            MemoryStore.builder().nanoClock(() -> now).build();

    @Override
    protected Store open() {
        return memory.open(DATABASE, "test");
    }

    @Override
    protected void elapse(Duration time) {
        now += time.toNanos();
    }

    @Override
    protected void loseLogs() {
        memory.clear();
    }
}
