package dev.staleless.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.protocol.LateCommitException;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.protocol.ReportException;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.statistics.StoreState;
import dev.staleless.testkit.simulation.World.Node;
import dev.staleless.testkit.simulation.World.Question;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The coordination over the tables, in simulated time. */
class TableCoordinationTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.staleless");

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @Test
    void aSingleNodeServesItsSecondReadWithoutAnyTimeHavingPassed() {
        play(world -> {
            Node node = world.start("A");
            long start = world.simulation.nanos();
            world.enlist(node);
            world.read(node, Question.ONE);
            world.simulation.sleep(Duration.ofNanos(1));
            world.readServed(node, Question.ONE);
            assertThat(world.simulation.nanos() - start).isEqualTo(1);
        });
    }

    @Test
    void twoNodesThatEnlistAtOnceServeWithinTwoSeconds() {
        play(world -> {
            Node a = world.start("A");
            Node b = world.start("B");
            long start = world.simulation.nanos();
            world.enlist(a);
            world.enlist(b);
            world.read(a, Question.ONE);
            world.simulation.sleep(Duration.ofNanos(1));
            world.readServed(b, Question.ONE);
            assertThat(world.simulation.nanos() - start)
                    .isLessThan(Duration.ofSeconds(2).toNanos());
        });
    }

    @Test
    void anOpenBarrierStopsServingAndIsAcknowledged() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            world.read(node, Question.ONE);
            world.tables.version++;
            UUID other = new UUID(1, 1);
            world.tables.nodes.put(other, new CoordinationTables.NodeRow(other, 7, 1, 1));
            world.tables.open(new CoordinationTables.BarrierRow(
                    new UUID(2, 2), other, CoordinationTables.BarrierKind.CUT_OFF, world.tables.version, null));
            world.simulation.sleep(Duration.ofSeconds(2));
            assertThat(reason(node)).isEqualTo(MissReason.NOT_FRESH);
            assertThat(row(world).stopped()).isEqualTo(world.tables.version);
        });
    }

    @Test
    void aNodeThatIsCutOffCommitsWhenNobodyServesAndClosesTheBarrierWhenTheStoreIsBack() {
        play(world -> {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            assertThat(reason(reader)).isNull();
            world.server.unreachable.add("A");
            long start = world.simulation.nanos();
            world.write(writer, Fixtures.ITEM, 1);
            assertThat(world.simulation.nanos() - start)
                    .isLessThan(Duration.ofSeconds(2).toNanos());
            assertThat(world.tally.committed).isEqualTo(1);
            assertThat(reason(reader)).isEqualTo(MissReason.NOT_FRESH);
            world.server.unreachable.clear();
            world.simulation.sleep(Duration.ofSeconds(3));
            assertThat(world.tables.open()).isNull();
            assertThat(reason(reader)).isEqualTo(MissReason.OUTDATED);
            assertThat(world.storeStates)
                    .containsExactly(StoreState.UNAVAILABLE, StoreState.CUT_OFF, StoreState.AVAILABLE);
        });
    }

    @Test
    void furtherWritesOfANodeThatIsCutOffDoNotWaitAgain() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            world.server.unreachable.add("A");
            world.write(node, Fixtures.ITEM, 1);
            long start = world.simulation.nanos();
            world.write(node, Fixtures.ITEM, 1);
            assertThat(world.simulation.nanos()).isEqualTo(start);
            assertThat(world.tally.committed).isEqualTo(2);
            assertThat(world.tables.barriers).hasSize(1);
        });
    }

    @Test
    void whatCommitsByItselfIsRefusedByANodeThatIsCutOff() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            world.server.unreachable.add("A");
            Transaction transaction = node.cache.begin();
            assertThatThrownBy(() -> transaction.reportNow(null, "1")).isInstanceOf(ReportException.class);
        });
    }

    @Test
    void aWriteToATableThatNobodyCachesDoesNotNoticeTheStoresAbsence() {
        play(world -> {
            Node node = world.start("A");
            world.server.unreachable.add("A");
            world.write(node, Fixtures.ITEM, 1);
            assertThat(world.tally.committed).isEqualTo(1);
            assertThat(world.tables.barriers).isEmpty();
        });
    }

    @Test
    void theBarrierOfANodeThatIsGoneIsClosedByAnother() {
        play(world -> {
            Node node = world.start("A");
            world.tables.version++;
            world.tables.open(new CoordinationTables.BarrierRow(
                    new UUID(2, 2),
                    new UUID(1, 1),
                    CoordinationTables.BarrierKind.CUT_OFF,
                    world.tables.version,
                    null));
            world.simulation.sleep(Duration.ofSeconds(3));
            assertThat(world.tables.open()).isNull();
            assertThat(reading(node).serving()).isTrue();
        });
    }

    @Test
    void aBarrierOfDdlIsNotClosedByAnotherBeforeItsSessionHasEnded() {
        play(world -> {
            Node node = world.start("A");
            boolean[] ended = new boolean[1];
            world.tables.sessionEnded = session -> ended[0];
            world.tables.version++;
            world.tables.open(new CoordinationTables.BarrierRow(
                    new UUID(2, 2), new UUID(1, 1), CoordinationTables.BarrierKind.DDL, world.tables.version, "7"));
            world.simulation.sleep(Duration.ofSeconds(60));
            assertThat(reading(node).serving()).isFalse();
            ended[0] = true;
            world.simulation.sleep(Duration.ofSeconds(3));
            assertThat(reading(node).serving()).isTrue();
        });
    }

    @Test
    void readsDoNotAskAStoreThatFailedAMomentAgo() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            world.server.unreachable.add("A");
            assertThat(reason(node)).isEqualTo(MissReason.STORE_UNAVAILABLE);
            world.server.unreachable.clear();
            assertThat(reason(node)).isEqualTo(MissReason.STORE_UNAVAILABLE);
            world.simulation.sleep(Duration.ofMillis(1_100));
            assertThat(reason(node)).isEqualTo(MissReason.ABSENT);
        });
    }

    @Test
    void aCommitUnderWayKeepsTheVersionFromBeingSeenButNotFromBeingStopped() {
        play(world -> {
            Node node = world.start("A");
            try (Turn turn = node.coordinator.begin(Turn.Kind.COMMIT)) {
                world.tables.version++;
                world.simulation.sleep(Duration.ofSeconds(2));
                assertThat(row(world).stopped()).isEqualTo(world.tables.version);
                assertThat(row(world).seen()).isLessThan(world.tables.version);
                assertThat(Objects.requireNonNull(turn.reading()).version()).isLessThan(world.tables.version);
            }
            world.simulation.sleep(Duration.ofSeconds(2));
            assertThat(row(world).seen()).isEqualTo(world.tables.version);
        });
    }

    @Test
    void withoutTheTablesNothingIsServedAfterALeaseAndNoWriteIsCommitted() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            world.read(node, Question.ONE);
            world.tables.unreachable = true;
            world.simulation.sleep(Duration.ofSeconds(9));
            assertThat(reason(node)).isNull();
            world.simulation.sleep(Duration.ofSeconds(7));
            assertThat(reason(node)).isEqualTo(MissReason.NOT_FRESH);
            Transaction transaction = node.cache.begin();
            transaction.changed(List.of(Fixtures.update(Fixtures.ITEM, 1)));
            assertThatThrownBy(() -> transaction.commit(() -> Transaction.Outcome.COMMITTED))
                    .isInstanceOf(ReportException.class);
            world.tables.unreachable = false;
            world.simulation.sleep(Duration.ofSeconds(2));
            assertThat(reason(node)).isNull();
        });
    }

    @Test
    void aTransactionThatOnlyReadsCommitsWithoutTheTables() {
        play(world -> {
            Node node = world.start("A");
            world.tables.unreachable = true;
            world.simulation.sleep(Duration.ofSeconds(20));
            assertThat(node.cache.begin().commit(() -> Transaction.Outcome.COMMITTED))
                    .isEqualTo(Transaction.Outcome.COMMITTED);
        });
    }

    @Test
    void aNodeThatNoLongerBeatsIsGoneAfterTwoLeasesAndAFifthAndNotBefore() {
        play(world -> {
            Node node = world.start("A");
            UUID dead = new UUID(1, 1);
            world.tables.nodes.put(dead, new CoordinationTables.NodeRow(dead, 7, 1, 1));
            world.simulation.spawn("enlister", node.name, false, () -> world.enlist(node));
            world.simulation.sleep(Duration.ofMillis(32_900));
            assertThat(world.tables.nodes).containsKey(dead);
            assertThat(reason(node)).isEqualTo(MissReason.NOT_ENLISTED);
            world.simulation.sleep(Duration.ofSeconds(2));
            assertThat(world.tables.nodes).doesNotContainKey(dead);
            assertThat(reason(node)).isEqualTo(MissReason.ABSENT);
        });
    }

    @Test
    void aNodeWhoseRowIsGoneRegistersAnewAndForgetsWhatItHadRead() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            Reading before = reading(node);
            world.tables.nodes.clear();
            world.simulation.sleep(Duration.ofSeconds(6));
            Reading after = reading(node);
            assertThat(after.node()).isNotEqualTo(before.node());
            assertThat(world.tables.nodes).containsOnlyKeys(after.node());
            assertThat(after.inForce()).isEqualTo(world.tables.version);
        });
    }

    @Test
    void anotherIncarnationRenewsTheEpochAndNothingIsInForceForTwoLeasesAndAFifth() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            world.read(node, Question.ONE);
            Reading before = reading(node);
            world.tables.live = "second";
            world.simulation.sleep(Duration.ofSeconds(2));
            Reading after = reading(node);
            assertThat(after.epoch()).isNotEqualTo(before.epoch());
            assertThat(after.version()).isGreaterThan(1L << 32);
            assertThat(after.inForce()).isZero();
            assertThat(reason(node)).isEqualTo(MissReason.NOT_ENLISTED);
            world.simulation.sleep(Duration.ofSeconds(30));
            assertThat(reading(node).inForce()).isZero();
            world.simulation.sleep(Duration.ofSeconds(4));
            assertThat(reading(node).inForce()).isEqualTo(world.tables.version);
            assertThat(reason(node)).isEqualTo(MissReason.OUTDATED);
        });
    }

    @Test
    void whileTheIncarnationIsYoungWritesToTablesOutsideTheDirectoryAreReportedToo() {
        play(world -> {
            Node node = world.start("A");
            world.tables.live = "second";
            world.simulation.sleep(Duration.ofSeconds(2));
            world.write(node, Fixtures.OTHER, 1);
            assertThat(world.server.logs).hasSize(1 + Partition.RESTS);
            world.simulation.sleep(Duration.ofSeconds(40));
            world.write(node, Fixtures.ITEM, 1);
            assertThat(world.server.logs).hasSize(1 + Partition.RESTS);
        });
    }

    @Test
    void aCleanStopDeletesTheRow() {
        play(world -> {
            Node node = world.start("A");
            node.cache.close();
            assertThat(world.tables.nodes).isEmpty();
            assertThat(reason(node)).isEqualTo(MissReason.NOT_FRESH);
        });
    }

    @Test
    void aStopInTheMidstOfACommitLeavesTheRowToBeFoundGone() {
        play(world -> {
            Node node = world.start("A");
            Turn turn = node.coordinator.begin(Turn.Kind.COMMIT);
            node.cache.close();
            assertThat(world.tables.nodes).hasSize(1);
            turn.close();
        });
    }

    @Test
    void aCommitAnsweredLateIsReportedToWhatTheDirectoryAsksByThen() {
        play(world -> {
            Node node = world.start("A");
            Transaction transaction = node.cache.begin();
            transaction.changed(List.of(Fixtures.update(Fixtures.ITEM, 1)));
            Transaction.Outcome outcome = transaction.commit(() -> {
                world.tables.unreachable = true;
                world.simulation.sleep(Duration.ofSeconds(20));
                world.tables.unreachable = false;
                // the others have found this node gone, and have gone on
                world.tables.nodes.clear();
                Node other = world.start("B");
                world.enlist(other);
                return Transaction.Outcome.COMMITTED;
            });
            assertThat(outcome).isEqualTo(Transaction.Outcome.COMMITTED);
            assertThat(world.server.logs.values().stream()
                            .flatMap(List::stream)
                            .mapToInt(element -> element.events().size())
                            .sum())
                    .isPositive();
        });
    }

    @Test
    void aLateCommitWithoutTheTablesThrowsAndIsReportedWhenTheyAreBack() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            Transaction transaction = node.cache.begin();
            transaction.changed(List.of(Fixtures.update(Fixtures.ITEM, 1)));
            assertThatThrownBy(() -> transaction.commit(() -> {
                        world.tables.unreachable = true;
                        world.simulation.sleep(Duration.ofSeconds(20));
                        world.server.flush();
                        return Transaction.Outcome.COMMITTED;
                    }))
                    .isInstanceOf(LateCommitException.class);
            assertThat(world.server.logs).isEmpty();
            world.tables.unreachable = false;
            world.simulation.sleep(Duration.ofSeconds(10));
            assertThat(world.server.logs).isNotEmpty();
        });
    }

    @Test
    void renewingTheEpochMakesEveryEntryAMiss() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            world.read(node, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            assertThat(node.coordinator.renewEpoch(Duration.ofSeconds(5))).isTrue();
            assertThat(reason(node)).isEqualTo(MissReason.OUTDATED);
        });
    }

    @Test
    void aReadingThatCannotBeUnderstoodIsNone() {
        play(world -> {
            Node node = world.start("A");
            world.enlist(node);
            world.tables.directory = "something newer";
            world.simulation.sleep(Duration.ofSeconds(20));
            assertThat(reason(node)).isEqualTo(MissReason.NOT_FRESH);
        });
    }

    private static void play(Consumer<World> scene) {
        World world = new World((kind, options) -> 0, Bugs.NONE, new World.Tally());
        assertThat(world.simulation.run(() -> scene.accept(world))).isNull();
    }

    private static CoordinationTables.NodeRow row(World world) {
        return world.tables.nodes.values().iterator().next();
    }

    private static Reading reading(Node node) {
        try (Turn turn = node.coordinator.begin(Turn.Kind.SERVE)) {
            return Objects.requireNonNull(turn.reading());
        }
    }

    /** Why a lookup is a miss; null if it is served. */
    private static @Nullable MissReason reason(Node node) {
        Lookup lookup = node.cache.lookup(
                Question.ONE.query(), Fixtures.key(Question.ONE.query()), Duration.ofMinutes(1), null, false);
        if (lookup instanceof Lookup.Fill fill) {
            fill.close();
            return fill.reason();
        }
        return lookup instanceof Lookup.Bypass bypass ? bypass.reason() : null;
    }
}
