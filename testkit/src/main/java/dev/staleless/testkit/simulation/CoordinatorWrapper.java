package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.Barrier;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.coordination.Turn;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes everything on. */
class CoordinatorWrapper implements Coordinator {

    private final Coordinator coordinator;

    CoordinatorWrapper(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    boolean mayCommit(boolean real) {
        return real;
    }

    boolean mayServe(boolean real) {
        return real;
    }

    @Override
    public Turn begin(Turn.Kind kind) {
        Turn turn = coordinator.begin(kind);
        return new Turn() {
            @Override
            public @Nullable Reading reading() {
                return turn.reading();
            }

            @Override
            public boolean mayServe() {
                return CoordinatorWrapper.this.mayServe(turn.mayServe());
            }

            @Override
            public boolean mayCommit() {
                return CoordinatorWrapper.this.mayCommit(turn.mayCommit());
            }

            @Override
            public void close() {
                turn.close();
            }
        };
    }

    @Override
    public UUID database() {
        return coordinator.database();
    }

    @Override
    public boolean refresh(Duration timeout) {
        return coordinator.refresh(timeout);
    }

    @Override
    public boolean isGone(Mark mark) {
        return coordinator.isGone(mark);
    }

    @Override
    public boolean enlist(Collection<Table> tables, Duration timeout) {
        return coordinator.enlist(tables, timeout);
    }

    @Override
    public Set<TableName> takeOutUnused(Duration timeout) {
        return coordinator.takeOutUnused(timeout);
    }

    @Override
    public void registriesMissing(Collection<TableName> tables) {
        coordinator.registriesMissing(tables);
    }

    @Override
    public boolean renewEpoch(Duration timeout) {
        return coordinator.renewEpoch(timeout);
    }

    @Override
    public @Nullable Barrier openBarrier(BarrierKind kind, @Nullable String session, @Nullable Barrier beside) {
        return coordinator.openBarrier(kind, session, beside);
    }

    @Override
    public boolean awaitBarrier(Barrier barrier, Duration timeout) {
        return coordinator.awaitBarrier(barrier, timeout);
    }

    @Override
    public boolean isOpen(Barrier barrier) {
        return coordinator.isOpen(barrier);
    }

    @Override
    public void closeBarrier(Barrier barrier) {
        coordinator.closeBarrier(barrier);
    }

    @Override
    public void onReading(Consumer<Reading> listener) {
        coordinator.onReading(listener);
    }

    @Override
    public Duration lease() {
        return coordinator.lease();
    }

    @Override
    public boolean sessionEnded(String session) {
        return coordinator.sessionEnded(session);
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
