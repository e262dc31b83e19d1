package dev.staleless.benchmarks.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.benchmarks.planted.ScriptedNode.Script;
import dev.staleless.testkit.server.RedisServer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rules of the protocol broken one by one in the store of a real node, on a real PostgreSQL and Redis: each makes a stale read by its
 * script, which makes none where nothing is broken. What happens at which moment is fixed; nothing is left to chance.
 */
class PlantedBugsEndToEndTest {

    private static final Script READ_BEFORE_THE_COMMIT = node -> node.readAt(Moment.REPORTED);
    private static final Script FLUSH_BEFORE_THE_COMMIT = ScriptedNode::flushWhileReported;

    private static final Map<PlantedBug, Script> SCRIPTS = new EnumMap<>(Map.ofEntries(
            Map.entry(PlantedBug.IN_FLIGHT_NOT_ASKED, READ_BEFORE_THE_COMMIT),
            Map.entry(PlantedBug.RESOLVE_BEFORE_COMMIT, READ_BEFORE_THE_COMMIT),
            Map.entry(PlantedBug.PARTITIONS_NOT_NAMED, READ_BEFORE_THE_COMMIT),
            Map.entry(PlantedBug.APPEND_BEFORE_BEGIN, node -> node.readAt(Moment.HALF_REPORTED)),
            Map.entry(PlantedBug.HEADS_AFTER_IN_FLIGHT, ScriptedNode::reportBeforeTheHeads),
            Map.entry(PlantedBug.HEADS_AFTER_THE_QUERY, ScriptedNode::writeBeforePublishing),
            Map.entry(PlantedBug.APPEND_REPLAYED, ScriptedNode::writeTwice),
            Map.entry(PlantedBug.SERVER_IDS_IGNORED, ScriptedNode::loseTheLastWrite),
            Map.entry(PlantedBug.MISSING_REGISTRY_TRUSTED, FLUSH_BEFORE_THE_COMMIT),
            Map.entry(PlantedBug.NEW_REGISTRY_TRUSTED_AT_ONCE, FLUSH_BEFORE_THE_COMMIT),
            Map.entry(PlantedBug.ENTRY_WITHOUT_EPOCH, ScriptedNode::dropEverything),
            Map.entry(PlantedBug.ENTRY_PATCHED_IN_PLACE, ScriptedNode::fillBehindTheBack)));

    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.builder().arguments("--dbfilename", "planted.rdb").start();
    }

    @AfterAll
    static void stop() {
        redis.stop();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachMakesAStaleRead(PlantedBug bug) throws Exception {
        try (ScriptedNode node = new ScriptedNode(redis, bug)) {
            assertThat(SCRIPTS.get(bug).makesStale(node)).as(bug.spelling()).isTrue();
        }
    }

    @Test
    void noScriptMakesOneWhereNothingIsBroken() throws Exception {
        assertThat(SCRIPTS).containsOnlyKeys(EnumSet.complementOf(EnumSet.of(PlantedBug.NONE)));
        try (ScriptedNode node = new ScriptedNode(redis, PlantedBug.NONE)) {
            Set<Script> done = new HashSet<>();
            for (Map.Entry<PlantedBug, Script> script : SCRIPTS.entrySet()) {
                if (done.add(script.getValue())) {
                    assertThat(script.getValue().makesStale(node))
                            .as("the script of " + script.getKey().spelling())
                            .isFalse();
                }
            }
        }
    }
}
