package dev.staleless.core.protocol;

import static dev.staleless.core.protocol.Fixtures.ITEM;
import static dev.staleless.core.protocol.Fixtures.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalResultCacheTest {

    private final Store store = MemoryStore.create().open(new java.util.UUID(0, 1), "test");
    private final Environment environment = Environment.system();
    private final CacheStatistics statistics = CacheStatistics.of();
    private final ResultCache cache = ResultCaches.create(
            store,
            Coordinator.local(store, environment.freshId(), environment, session -> true),
            environment,
            statistics,
            ResultCacheSettings.DEFAULTS);

    @BeforeEach
    void enlist() {
        cache.enlist(List.of(Fixtures.table(ITEM), Fixtures.table(OTHER)), Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        cache.close();
        store.close();
    }

    @Test
    void aSecondLookupIsServed() {
        fill(Fixtures.byId(ITEM, 1), "a");
        assertThat(look(Fixtures.byId(ITEM, 1))).isEqualTo("a");
        assertThat(statistics.snapshot().hits()).isEqualTo(1);
        assertThat(statistics.snapshot().misses()).containsEntry(MissReason.ABSENT, 1L);
    }

    @Test
    void aTableThatIsNotEnlistedIsNotCached() {
        Query query = Fixtures.byId(new dev.staleless.core.catalog.TableName("public", "unknown"), 1);
        assertThat(cache.lookup(query, Fixtures.key(query), Duration.ofMinutes(1), null, true))
                .isInstanceOfSatisfying(
                        Lookup.Bypass.class,
                        bypass -> assertThat(bypass.reason()).isEqualTo(MissReason.NOT_ENLISTED));
    }

    @Test
    void aCommitDropsWhatItAffects() {
        Query query = Fixtures.byId(ITEM, 1);
        fill(query, "a");
        commit(Fixtures.update(ITEM, 1));
        assertThat(look(query)).isEqualTo("CHANGED");
        assertThat(statistics.snapshot().dropped()).isEqualTo(1);
    }

    @Test
    void aCommitOnAnotherTableLeavesIt() {
        Query query = Fixtures.byId(ITEM, 1);
        fill(query, "a");
        commit(Fixtures.update(OTHER, 1));
        assertThat(look(query)).isEqualTo("a");
    }

    @Test
    void aRolledBackTransactionIsReportedAndCostsAFillOnly() {
        Query query = Fixtures.byId(ITEM, 1);
        Transaction transaction = cache.begin();
        transaction.changed(List.of(Fixtures.update(ITEM, 1)));
        transaction.commit(() -> Transaction.Outcome.ROLLED_BACK);
        fill(query, "b");
        assertThat(look(query)).isEqualTo("b");
    }

    @Test
    void itsOwnChangesKeepATransactionFromBeingServed() {
        Query query = Fixtures.byId(ITEM, 1);
        fill(query, "a");
        Transaction transaction = cache.begin();
        Object savepoint = transaction.savepoint();
        transaction.changed(List.of(Fixtures.update(ITEM, 1)));
        assertThat(cache.lookup(query, Fixtures.key(query), Duration.ofMinutes(1), transaction, false))
                .isInstanceOf(Lookup.Bypass.class);
        transaction.rollbackTo(savepoint);
        assertThat(cache.lookup(query, Fixtures.key(query), Duration.ofMinutes(1), transaction, false))
                .isInstanceOf(Lookup.Hit.class);
        transaction.rollback();
    }

    @Test
    void aChangeBetweenTheLookupAndTheLastRowKeepsItFromBeingPublished() {
        Query query = Fixtures.byId(ITEM, 1);
        Transaction transaction = cache.begin();
        try (Lookup.Fill fill =
                (Lookup.Fill) cache.lookup(query, Fixtures.key(query), Duration.ofMinutes(1), transaction, false)) {
            transaction.changed(List.of(Fixtures.update(ITEM, 1)));
            fill.publish(new byte[] {1});
        }
        transaction.rollback();
        assertThat(look(query)).isEqualTo("ABSENT");
    }

    @Test
    void whileAnAffectingCommitIsUnderWayNothingIsPublished() {
        Query query = Fixtures.byId(ITEM, 1);
        Transaction transaction = cache.begin();
        transaction.changed(List.of(Fixtures.update(ITEM, 1)));
        transaction.commit(() -> {
            assertThat(look(query)).isEqualTo("IN_FLIGHT");
            assertThat(look(Fixtures.byId(OTHER, 1))).isEqualTo("ABSENT");
            return Transaction.Outcome.COMMITTED;
        });
        fill(query, "b");
        assertThat(look(query)).isEqualTo("b");
    }

    @Test
    void aStatementThatCommitsByItselfCountsUntilItsTransactionHasEnded() {
        Query query = Fixtures.byId(ITEM, 1);
        Transaction transaction = cache.begin();
        transaction.reportNow(null, "session");
        assertThat(look(query)).isEqualTo("IN_FLIGHT");
        transaction.commit(() -> Transaction.Outcome.COMMITTED);
        fill(query, "b");
        assertThat(look(query)).isEqualTo("b");
    }

    private void commit(ChangeEvent event) {
        Transaction transaction = cache.begin();
        transaction.changed(List.of(event));
        transaction.commit(() -> Transaction.Outcome.COMMITTED);
    }

    private void fill(Query query, String rows) {
        try (Lookup.Fill fill =
                (Lookup.Fill) cache.lookup(query, Fixtures.key(query), Duration.ofMinutes(1), null, true)) {
            fill.publish(rows.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The rows, or the reason why there are none. */
    private String look(Query query) {
        Lookup lookup = cache.lookup(query, Fixtures.key(query), Duration.ofMinutes(1), null, true);
        if (lookup instanceof Lookup.Hit hit) {
            return new String(hit.rows(), StandardCharsets.UTF_8);
        }
        if (lookup instanceof Lookup.Fill fill) {
            fill.close();
            return fill.reason().name();
        }
        return ((Lookup.Bypass) lookup).reason().name();
    }
}
