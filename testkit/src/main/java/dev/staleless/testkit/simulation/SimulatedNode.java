package dev.staleless.testkit.simulation;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Latch;
import java.time.Duration;
import java.util.UUID;

/** Time and threads of one node. */
final class SimulatedNode implements Environment, Clock {

    private final Simulation simulation;
    private final String name;

    SimulatedNode(Simulation simulation, String name) {
        this.simulation = simulation;
        this.name = name;
    }

    String name() {
        return name;
    }

    @Override
    public long nanos() {
        return simulation.nanos();
    }

    @Override
    public long millis() {
        return simulation.nanos() / 1_000_000;
    }

    @Override
    public Clock clock() {
        return this;
    }

    @Override
    public UUID freshId() {
        return simulation.nextId(name);
    }

    @Override
    public void start(String thread, Runnable task) {
        simulation.spawn(name + "/" + thread, name, false, task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        simulation.spawn(name + "/background", name, false, () -> {
            simulation.sleep(delay);
            task.run();
        });
    }

    @Override
    public Latch latch() {
        Simulation.Gate gate = new Simulation.Gate();
        return new Latch() {
            @Override
            public void open() {
                gate.open = true;
            }

            @Override
            public boolean await(Duration timeout) {
                return simulation.await(gate, timeout.toNanos(), Footprint.NONE);
            }
        };
    }
}
