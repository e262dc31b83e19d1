package dev.staleless.core.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final UUID NODE = new UUID(0, 1);

    private final Turns turns = new Turns(reading -> true);

    @Test
    void aVersionIsSeenWhenTheTurnsBegunUnderOlderOnesHaveEnded() {
        turns.apply(reading(1));
        Turn serve = turns.begin(Turn.Kind.SERVE);
        turns.apply(reading(2));
        Turn commit = turns.begin(Turn.Kind.COMMIT);
        turns.apply(reading(3));
        assertThat(turns.stopped()).isEqualTo(1);
        assertThat(turns.seen()).isEqualTo(1);
        serve.close();
        assertThat(turns.stopped()).isEqualTo(3);
        assertThat(turns.seen()).isEqualTo(2);
        commit.close();
        commit.close();
        assertThat(turns.seen()).isEqualTo(3);
        assertThat(turns.idle()).isTrue();
    }

    @Test
    void aTurnUnderAnotherRegisteringHoldsNothingUpButKeepsTheNodeFromBeingIdle() {
        turns.apply(reading(1));
        Turn commit = turns.begin(Turn.Kind.COMMIT);
        turns.apply(null);
        turns.apply(new Reading(new UUID(0, 2), NODE, "", 2, NODE, 1, true, false, true, Directory.EMPTY, 0));
        assertThat(turns.seen()).isEqualTo(2);
        assertThat(turns.idle()).isFalse();
        commit.close();
        assertThat(turns.idle()).isTrue();
    }

    @Test
    void noTurnGoesOnUnderAReadingOlderThanWhatWasSeen() throws Exception {
        AtomicLong seen = new AtomicLong();
        int versions = 3_000;
        turns.apply(reading(1));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Long>> deciding = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Turn.Kind kind = i == 0 ? Turn.Kind.COMMIT : Turn.Kind.SERVE;
            deciding.add(threads.submit(() -> {
                long older = 0;
                while (seen.get() < versions) {
                    try (Turn turn = turns.begin(kind)) {
                        long version = Objects.requireNonNull(turn.reading()).version();
                        older += seen.get() > version ? 1 : 0;
                        Thread.yield();
                        older += seen.get() > version ? 1 : 0;
                    }
                }
                return older;
            }));
        }
        for (long version = 2; version <= versions; version++) {
            turns.apply(reading(version));
            for (long reached = turns.seen(); reached < version; reached = turns.seen()) {
                Thread.onSpinWait();
            }
            seen.set(version);
        }
        for (Future<Long> each : deciding) {
            assertThat(each.get()).isZero();
        }
        threads.shutdown();
    }

    private static Reading reading(long version) {
        return new Reading(NODE, NODE, "", version, NODE, 1, true, false, true, Directory.EMPTY, 0);
    }
}
