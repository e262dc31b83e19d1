package dev.staleless.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.changelog.Offset;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens an empty store for each test, and once more on the same data, as a second node would. */
abstract class TwoNodes {

    Store store;
    Store other;

    @SuppressWarnings("NullAway.Init")
    TwoNodes() {}

    /** Opens the store under test. The first call of a test finds it empty, further calls lead to the same data. */
    protected abstract Store open();

    /** Makes this time pass for entries, if the store has a clock that can be moved; if not, the tests wait. */
    protected abstract void elapse(Duration time);

    /** Takes every log away, as an eviction would. */
    protected abstract void loseLogs();

    @BeforeEach
    final void openStores() {
        store = open();
        other = open();
    }

    @AfterEach
    final void closeStores() {
        other.close();
        store.close();
    }

    static UUID id(@Nullable Offset head) {
        assertThat(head).isNotNull();
        return head.element();
    }

    /** Waits for a stage; throws what it failed with. */
    static void join(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
