package dev.staleless.testkit.simulation;

import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.near.HeadTracker;
import dev.staleless.core.store.near.TrackedHead;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's connection on which the server tells of changed logs. What it tells arrives in the order in which it happened there, each
 * message in a step of its own, so as late as the choices say.
 */
class SimulatedTracker implements HeadTracker {

    /** @param at when it arrives */
    private record Message(long at, Runnable effect) {}

    private final SimulatedStore store;
    private final Duration interval;
    private final Deque<Message> onTheWay = new ArrayDeque<>();
    private final Map<Partition, TrackedHead> filed = new HashMap<>();
    /** The logs of whose next change the server tells. */
    private final Set<Partition> tracked = new HashSet<>();

    private Object connection = new Object();
    private Simulation.Gate arrival = new Simulation.Gate();
    private @Nullable Listener listener;

    SimulatedTracker(SimulatedStore store, Duration interval) {
        this.store = store;
        this.interval = interval;
        store.server.trackers.add(this);
    }

    @Override
    public void start(Listener toTell) {
        listener = toTell;
        store.node.start("proofs", this::prove);
        store.node.start("told", this::deliver);
    }

    private void prove() {
        while (true) {
            Object asked = connection;
            long nanos = store.node.nanos();
            long millis = store.node.millis();
            store.step("asks for a proof");
            tell(() -> proved(asked, nanos, millis), true);
            store.simulation.sleep(interval);
        }
    }

    void proved(Object asked, long nanos, long millis) {
        if (listener != null && asked == connection) {
            listener.proved(asked, nanos, millis);
        }
    }

    void tell(Runnable message, boolean proof) {
        onTheWay.add(new Message(store.node.nanos() + store.server.tellingTakes.toNanos(), message));
        arrival.open = true;
    }

    private void deliver() {
        while (true) {
            if (onTheWay.isEmpty()) {
                arrival = new Simulation.Gate();
                store.simulation.await(arrival, Long.MAX_VALUE, Footprint.ALL);
            }
            Message next = onTheWay.element();
            if (next.at() > store.node.nanos()) {
                store.simulation.sleep(Duration.ofNanos(next.at() - store.node.nanos()));
            }
            store.simulation.step("is told", Footprint.ALL);
            if (next.equals(onTheWay.peek())) {
                onTheWay.remove();
                next.effect().run();
            }
        }
    }

    @Override
    public void track(List<TrackedHead> heads) {
        Object asked = connection;
        heads.forEach(head -> filed.put(head.partition(), head));
        store.node.start("asks for heads", () -> {
            for (TrackedHead head : heads) {
                store.step("head, and tell of its change, of " + head.partition());
                Offset found = headAndTrack(head.partition());
                tell(() -> answered(head, found, asked), false);
            }
        });
    }

    /** In one step, as the server does. */
    @Nullable
    Offset headAndTrack(Partition log) {
        registers(log);
        return store.head(log);
    }

    final void registers(Partition log) {
        tracked.add(log);
    }

    private void answered(TrackedHead head, @Nullable Offset found, Object asked) {
        if (found == null || asked != connection) {
            head.drop();
        } else {
            head.told(asked, found);
        }
    }

    /** At the server: a log is another one now. */
    void changed(Partition log) {
        if (tracked.remove(log)) {
            tell(
                    () -> {
                        TrackedHead head = filed.remove(log);
                        if (head != null) {
                            head.drop();
                        }
                    },
                    false);
        }
    }

    /** At the server: every log may be another one now. */
    void changedAll() {
        List.copyOf(tracked).forEach(this::changed);
    }

    /** The connection has ended, which is noticed at once; another takes its place. */
    void disconnected() {
        onTheWay.clear();
        tracked.clear();
        ends();
    }

    void ends() {
        connection = new Object();
        if (listener != null) {
            listener.lost();
        }
    }

    @Override
    public void close() {
        store.server.trackers.remove(this);
    }
}
