package dev.staleless.redis;

import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.testkit.Deadline;
import dev.staleless.testkit.store.StoreFixture;
import java.time.Duration;
import java.util.List;

/** Stores as the tests open them. */
final class Stores {

    private Stores() {}

    /** Waits long for a loaded machine, and leaves the background checks out. */
    static RedisStore.Builder patient(String uri) {
        Duration patience = Duration.ofSeconds(30);
        return RedisStore.builder(uri)
                .timeout(patience)
                .connectTimeout(patience)
                .checkInterval(Duration.ofHours(1));
    }

    static boolean answers(Store store) {
        try {
            store.read(StoreFixture.key("any"), List.of());
            return true;
        } catch (StoreException notYet) {
            return false;
        }
    }

    /** Waits until a store that lost its connections has them again. */
    static void awaitAnswer(Store store) {
        Deadline.await("connected again", () -> answers(store));
    }
}
