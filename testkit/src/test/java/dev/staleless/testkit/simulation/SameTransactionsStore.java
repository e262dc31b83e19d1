package dev.staleless.testkit.simulation;

import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.store.Store;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** A store in which whoever reports again does it under the transaction id that it had: a fresh one is taken for another's. */
class SameTransactionsStore extends SimulatedStore {

    private final Map<Thread, UUID> ids = new HashMap<>();
    private final Map<UUID, UUID> first = new HashMap<>();

    SameTransactionsStore(SimulatedStore store) {
        super(store);
    }

    /** Whether what is there goes with the mark that is resolved. */
    boolean isRemoved(Mark there, Mark resolved) {
        return there.equals(resolved);
    }

    private UUID id(UUID fresh) {
        return first.computeIfAbsent(fresh, id -> ids.computeIfAbsent(Thread.currentThread(), thread -> id));
    }

    private Mark same(Mark mark) {
        return new Mark(mark.table(), id(mark.transaction()), mark.node(), mark.partitions(), mark.session());
    }

    @Override
    public void report(Collection<Mark> marks, Collection<Append> appends) {
        List<Append> same = appends.stream()
                .map(append -> new Store.Append(
                        append.partition(),
                        new Element(
                                append.element().id(),
                                id(append.element().transaction()),
                                append.element().events())))
                .toList();
        super.report(marks.stream().map(this::same).toList(), same);
    }

    @Override
    public CompletionStage<Void> resolve(Collection<Mark> marks) {
        return super.resolve(marks.stream()
                .map(mark -> first.containsKey(mark.transaction()) ? same(mark) : mark)
                .toList());
    }

    @Override
    void remove(SimulatedServer.InFlight registry, Mark mark) {
        registry.marks.removeIf(there -> isRemoved(there, mark));
    }
}
