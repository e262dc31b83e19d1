package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.coordination.Barrier;
import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.DirectoryCodec;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction.Outcome;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What must not be got wrong, got wrong. Each stands for a rule of the protocol without which something stale is served. */
enum PlantedBug implements Planted {

    /** A reader slips between the event and its mark. */
    EVENTS_APPENDED_BEFORE_THE_MARK(Scenario.WRITER_AND_READER, "append before begin") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public void report(Collection<Mark> marks, Collection<Append> appends) {
                    appends.forEach(this::append);
                    marks.forEach(this::begin);
                }
            };
        }
    },

    /** The same from the reader's side. */
    IN_FLIGHT_ASKED_BEFORE_THE_HEADS(Scenario.WRITER_AND_READER, "heads read after the in-flight check") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                private final Map<Thread, List<Registry>> asked = new HashMap<>();

                @Override
                public List<Offset> open(List<Partition> partitions) {
                    asked.put(
                            Thread.currentThread(),
                            super.registries(List.of(partitions.get(0).table())));
                    return super.open(partitions);
                }

                @Override
                public List<Registry> registries(List<TableName> tables) {
                    List<Registry> early = asked.remove(Thread.currentThread());
                    return early == null ? super.registries(tables) : early;
                }
            };
        }
    },

    /** The same where the heads come with a claim. */
    IN_FLIGHT_ASKED_BEFORE_THE_CLAIM(Scenario.WRITER_AND_CLAIMING_READER, "in flight asked before the claim") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                private final Map<Thread, List<Registry>> asked = new HashMap<>();

                @Override
                public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
                    asked.put(
                            Thread.currentThread(),
                            super.registries(List.of(partitions.get(0).table())));
                    return super.claim(key, holder, time, partitions);
                }

                @Override
                public List<Registry> registries(List<TableName> tables) {
                    List<Registry> early = asked.remove(Thread.currentThread());
                    return early == null ? super.registries(tables) : early;
                }
            };
        }
    },

    /** A log that was read before answers a reader who has seen a newer head. */
    REMEMBERED_LOG_THAT_DOES_NOT_REACH_THE_HEAD(
            Scenario.JUDGED_BY_ONE_LOG, "a remembered log that does not reach the head") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                private final Map<Partition, Log> remembered = new HashMap<>();

                @Override
                public List<Log> logs(List<Partition> partitions, List<Offset> heads) {
                    return partitions.stream()
                            .map(partition -> remembered.computeIfAbsent(
                                    partition,
                                    asked -> super.logs(List.of(asked)).get(0)))
                            .toList();
                }
            };
        }
    },

    /** A result is served for longer than is allowed after it became wrong. */
    STALE_FOR_LONGER_THAN_ALLOWED(Scenario.STALE_WITHIN_A_BOUND, "stale for longer than allowed") {
        @Override
        public Keeping keeping(Keeping keeping) {
            return keeping.withAllowStale(keeping.allowStale().multipliedBy(3));
        }
    },

    /** A table is out of the directory before it is in force that nobody reads it. */
    TAKEN_OUT_AT_ONCE(Scenario.TAKING_OUT, "taken out at once") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                @Override
                public @Nullable Long raise(
                        String incarnation,
                        @Nullable Long expectedVersion,
                        @Nullable UUID epoch,
                        @Nullable String directory) {
                    return super.raise(
                            incarnation, expectedVersion, epoch, directory == null ? null : withoutLeaving(directory));
                }

                private String withoutLeaving(String directory) {
                    Map<TableName, Directory.Entry> entries =
                            new HashMap<>(DirectoryCodec.decode(directory).entries());
                    entries.values().removeIf(Directory.Entry::leaving);
                    return DirectoryCodec.encode(new Directory(entries));
                }
            };
        }
    },

    IN_FLIGHT_NOT_ASKED(Scenario.WRITER_AND_READER, "publish without the in-flight check") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public List<Registry> registries(List<TableName> tables) {
                    return super.registries(tables).stream()
                            .map(registry -> new Registry(registry.creation(), registry.version(), List.of()))
                            .toList();
                }
            };
        }
    },

    MARK_TAKEN_AWAY_BEFORE_THE_COMMIT(Scenario.WRITER_AND_READER, "resolve before commit") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public void report(Collection<Mark> marks, Collection<Append> appends) {
                    super.report(marks, appends);
                    var unused = resolve(marks);
                }
            };
        }
    },

    /** A mark that does not name the partitions to which its events are appended. */
    PARTITIONS_NOT_NAMED(Scenario.WRITER_AND_READER, "partitions not named") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                void begin(Mark mark) {
                    super.begin(new Mark(mark.table(), mark.transaction(), mark.node(), Set.of(), mark.session()));
                }
            };
        }
    },

    /** The rows of one fill meet the offsets of another. */
    ENTRY_PATCHED_IN_PLACE(Scenario.TWO_FILLS, "an entry patched in place") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
                    simulation.step("patches the rows of " + key);
                    Entry old = server.entries.getOrDefault(key.name(), entry);
                    server.entries.put(key.name(), patched(entry, old.offsets(), entry.rows()));
                    simulation.step("patches the offsets of " + key);
                    Entry half = server.entries.getOrDefault(key.name(), entry);
                    server.entries.put(key.name(), patched(entry, entry.offsets(), half.rows()));
                    return CompletableFuture.completedFuture(null);
                }

                private Entry patched(Entry entry, Map<Partition, Offset> offsets, byte[] rows) {
                    return new Entry(node.freshId(), entry.key(), entry.epoch(), entry.generations(), offsets, rows);
                }
            };
        }
    },

    /** A follower may have begun after a commit that the leader's read preceded. */
    LEADERS_ROWS_TAKEN(Scenario.WRITER_AND_TWO_READERS, "a follower taking the leader's rows") {
        @Override
        public ResultCache cache(ResultCache cache, SimulatedNode node) {
            return new SharingCache(cache, node);
        }
    },

    /** What was appended is sent again, and an old offset is on top once more. */
    APPEND_REPLAYED(Scenario.TWO_WRITES, "an append replayed by the client") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                private final Map<Partition, Element> sent = new HashMap<>();

                @Override
                void append(Append append) {
                    super.append(append);
                    Element old = sent.put(append.partition(), append.element());
                    if (old != null) {
                        super.append(new Append(append.partition(), old));
                    }
                }
            };
        }
    },

    /** A server that came back with older data looks like the one before. */
    SERVER_IDS_IGNORED(Scenario.LOSSES, "offset without server ids") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                @Nullable
                Offset head(Partition partition) {
                    Offset head = super.head(partition);
                    return head == null ? null : new Offset(head.element(), "any");
                }
            };
        }
    },

    /** A server that was demoted and promoted is the same process, but has lost what it had not passed on. */
    SERVERS_KNOWN_BY_THEIR_PROCESS(Scenario.LOSSES, "offset with the id of the process only") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                @Nullable
                Offset head(Partition partition) {
                    Offset head = super.head(partition);
                    String process = server.process(SimulatedServer.holding(partition));
                    return head == null ? null : new Offset(head.element(), process);
                }
            };
        }
    },

    /** No evidence taken for evidence. */
    MISSING_REGISTRY_TRUSTED(Scenario.LOSSES, "a missing registry taken for an empty one") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public List<Registry> registries(List<TableName> tables) {
                    return super.registries(tables).stream()
                            .map(registry -> registry.creation() == null
                                    ? new Registry(new UUID(0, 1), 1L, registry.marks())
                                    : registry)
                            .toList();
                }
            };
        }
    },

    /** A registry made anew counts before those whose marks were in the old one have ended. */
    NEW_REGISTRY_TRUSTED_AT_ONCE(Scenario.LOSS_DURING_A_SLOW_COMMIT, "a creation mark whose version is not in force") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public void confirmRegistry(TableName table, UUID creation, long version) {
                    super.confirmRegistry(table, creation, 1);
                }
            };
        }
    },

    /** Another node's transaction in flight is taken for a dead one. */
    LIVING_NODES_TAKEN_FOR_GONE(Scenario.TWO_NODES, "living nodes taken for gone") {
        @Override
        public Coordinator coordinator(Coordinator coordinator) {
            return new CoordinatorWrapper(coordinator) {
                @Override
                public boolean isGone(Mark mark) {
                    return true;
                }
            };
        }
    },

    /** A directory is used by readers before every writer goes by it. */
    TABLES_READ_BEFORE_IN_FORCE(Scenario.ENLISTING_ON_ANOTHER_NODE, "a name used before it is in force") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                @Override
                public List<NodeRow> nodes() {
                    return super.nodes().stream()
                            .map(row -> new NodeRow(row.id(), row.beat(), Long.MAX_VALUE, Long.MAX_VALUE))
                            .toList();
                }
            };
        }
    },

    /** A node says that it has seen a version while a commit decided by an older one is under way. */
    SEEN_BEFORE_THE_TURNS_HAVE_ENDED(
            Scenario.ENLISTING_ON_ANOTHER_NODE, "\"seen\" written before older decisions have ended") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                @Override
                public void acknowledge(UUID node, long stopped, long seen) {
                    super.acknowledge(node, stopped, rows.version);
                }

                @Override
                public State read() {
                    State state = super.read();
                    rows.nodes.replaceAll((id, row) -> new NodeRow(id, row.beat(), state.version(), state.version()));
                    return state;
                }
            };
        }
    },

    /** A commit that the others did not wait for is not reported again. */
    NO_LATE_RULE(Scenario.PAUSE_WHILE_ENLISTING, "no late rule") {
        @Override
        public Coordinator coordinator(Coordinator coordinator) {
            return new CoordinatorWrapper(coordinator) {
                @Override
                boolean mayCommit(boolean real) {
                    return true;
                }
            };
        }
    },

    /** A statement is taken to have ended when its node is gone. */
    SESSIONS_NOT_ASKED_FOR(Scenario.STATEMENT_WITHOUT_CLIENT, "sessions not asked for") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                @Override
                public boolean sessionEnded(String session) {
                    return true;
                }
            };
        }
    },

    /** A COMMIT without an answer is taken for one that was refused. */
    UNKNOWN_OUTCOME_TAKEN_FOR_A_ROLLBACK(Scenario.NO_ANSWER, "unknown outcome taken for a rollback") {
        @Override
        public ResultCache cache(ResultCache cache, SimulatedNode node) {
            return new OtherOutcomesCache(cache, outcome -> outcome == Outcome.UNKNOWN ? Outcome.ROLLED_BACK : outcome);
        }
    },

    /** What one transaction takes away was another one's too. */
    MARKS_REMOVED_BY_LESS_THAN_THEIR_EXACT_VALUE(
            Scenario.TWO_WRITERS, "a mark removed by its node instead of its exact value") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public CompletionStage<Void> resolve(Collection<Mark> marks) {
                    for (Mark mark : marks) {
                        simulation.step("resolves all of " + mark.node());
                        SimulatedServer.InFlight registry = server.registries.get(mark.table());
                        if (registry != null) {
                            registry.marks.removeIf(other -> other.node().equals(mark.node()));
                        }
                    }
                    return CompletableFuture.completedFuture(null);
                }
            };
        }
    },

    /** What a reader takes away of a node that was gone is what the node has begun anew, under the same transaction. */
    MARKS_REMOVED_BY_TRANSACTION(Scenario.BEGUN_AGAIN, "a mark removed by transaction instead of exact value") {
        @Override
        public Store store(SimulatedStore store) {
            return new SameTransactionsStore(store) {
                @Override
                boolean isRemoved(Mark there, Mark resolved) {
                    return there.transaction().equals(resolved.transaction());
                }
            };
        }
    },

    /** The part of a transaction that the log still knows is taken for all of it. */
    EVENTS_IN_SEVERAL_ELEMENTS(Scenario.TRIMMED_IN_FLIGHT, "a transaction's events in two elements") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                void append(Append append) {
                    Element whole = append.element();
                    for (ChangeEvent event : whole.events()) {
                        Element part = new Element(node.freshId(), whole.transaction(), List.of(event));
                        super.append(new Append(append.partition(), part));
                    }
                }
            };
        }
    },

    ENTRY_WITHOUT_EPOCH(Scenario.CUT_OFF, "entry without epoch") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public Snapshot read(EntryKey key, List<Partition> partitions) {
                    Snapshot read = super.read(key, partitions);
                    Entry entry = read.entry();
                    return entry == null
                            ? read
                            : new Snapshot(
                                    new Entry(
                                            entry.id(),
                                            entry.key(),
                                            server.epoch.get(),
                                            entry.generations(),
                                            entry.offsets(),
                                            entry.rows()),
                                    read.heads());
                }
            };
        }
    },

    /** A commit of unknown outcome is told to the application before its changes were appended once more. */
    NOTHING_APPENDED_BEFORE_THROWING(Scenario.ANSWER_LOST_LATE, "nothing appended before throwing") {
        private boolean unknown;

        @Override
        public Store store(SimulatedStore store) {
            unknown = false;
            return new SimulatedStore(store) {
                @Override
                public void report(Collection<Mark> marks, Collection<Append> appends) {
                    if (!unknown) {
                        super.report(marks, appends);
                    }
                }
            };
        }

        @Override
        public ResultCache cache(ResultCache cache, SimulatedNode node) {
            return new OtherOutcomesCache(cache, outcome -> {
                unknown |= outcome == Outcome.UNKNOWN;
                return outcome;
            });
        }
    },

    PARTLY_READ_RESULT_PUBLISHED(Scenario.TWO_FILLS_OF_ALL, "a partly read result published") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
                    byte[] part = Arrays.copyOf(entry.rows(), entry.rows().length - Integer.BYTES);
                    return super.publish(
                            key,
                            new Entry(
                                    entry.id(), entry.key(), entry.epoch(), entry.generations(), entry.offsets(), part),
                            ttl);
                }
            };
        }
    },

    /** A COMMIT that was sent as late as it may be takes effect when its node was declared gone. */
    GONE_AFTER_ONE_LEASE(Scenario.CRASH_UNDER_READS, "a node gone after one lease") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                private final Map<UUID, Long> beats = new HashMap<>();
                private final Map<UUID, Long> since = new HashMap<>();

                @Override
                public List<NodeRow> nodes() {
                    for (NodeRow row : super.nodes()) {
                        Long before = beats.put(row.id(), row.beat());
                        if (before == null || before != row.beat()) {
                            since.put(row.id(), simulation.nanos());
                        } else if (simulation.nanos() - since.get(row.id()) > Coordinator.LEASE.toNanos()) {
                            rows.nodes.remove(row.id());
                        }
                    }
                    return List.copyOf(rows.nodes.values());
                }
            };
        }
    },

    /** A beat was counted by the others when it was sent, not when it was answered. */
    WATCH_COUNTED_FROM_THE_ANSWER(Scenario.LATE_ANSWER_AND_CRASH, "watch counted from the answer") {
        private long answered;
        private @Nullable Simulation simulation;

        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            simulation = tables.simulation;
            return new SimulatedTables(tables) {
                @Override
                public boolean beat(UUID node) {
                    boolean found = super.beat(node);
                    answered = lastAnswerTakes == null ? answered : simulation.nanos();
                    return found;
                }
            };
        }

        @Override
        public Coordinator coordinator(Coordinator coordinator) {
            return new CoordinatorWrapper(coordinator) {
                @Override
                boolean mayCommit(boolean real) {
                    long since = Objects.requireNonNull(simulation).nanos() - answered;
                    return real || answered > 0 && since < Coordinator.LEASE.toNanos();
                }
            };
        }
    },

    /** A node that slept sees the state as it is now, and the store as it was decided to be read before. */
    WATCH_ASKED_AFTER_THE_STORE(Scenario.CUT_OFF_BESIDE_A_SLEEPER, "watch asked after the store") {
        private @Nullable Coordinator real;

        @Override
        public Coordinator coordinator(Coordinator coordinator) {
            real = coordinator;
            return new CoordinatorWrapper(coordinator) {
                @Override
                boolean mayServe(boolean real) {
                    return true;
                }
            };
        }

        @Override
        public ResultCache cache(ResultCache cache, SimulatedNode node) {
            return new LateAskingCache(cache, Objects.requireNonNull(real));
        }
    },

    DDL_WITHOUT_A_BARRIER(Scenario.SCHEMA_CHANGE, "ddl without a barrier") {
        @Override
        public boolean barsSchemaChanges() {
            return false;
        }
    },

    /** What a transaction does is told by a catalog that is out of date. */
    SCHEMA_VERSION_NOT_TOLD(Scenario.SCHEMA_CHANGE, "schema version not told") {
        @Override
        public boolean tellsTheSchemaVersion() {
            return false;
        }
    },

    CATALOG_READ_BEFORE_ITS_VERSION_IS_USED(Scenario.SCHEMA_CHANGE, "catalog read before its version is used") {
        @Override
        public boolean labelsTheCatalogFirst() {
            return true;
        }
    },

    /** The barrier of a node that is gone is closed while its DDL is still under way. */
    DDL_BARRIER_CLOSED_BEFORE_ITS_SESSION_HAS_ENDED(
            Scenario.SCHEMA_CHANGE_AND_CRASH, "ddl barrier closed before its session has ended") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                @Override
                public boolean sessionEnded(String session) {
                    return true;
                }
            };
        }
    },

    /** A writer that is cut off commits while others still serve. */
    BARRIER_NOT_WAITED_FOR(Scenario.CUT_OFF, "barrier not waited for") {
        @Override
        public Coordinator coordinator(Coordinator coordinator) {
            return new CoordinatorWrapper(coordinator) {
                @Override
                public boolean awaitBarrier(Barrier barrier, Duration timeout) {
                    return true;
                }
            };
        }
    },

    /** A barrier that another node has only just opened is taken for one in force. */
    ANOTHER_BARRIER_ADOPTED(Scenario.TWO_CUT_OFF, "another barrier's row adopted") {
        private SimulatedTables.@Nullable Rows rows;

        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            rows = tables.rows;
            return tables;
        }

        @Override
        public Coordinator coordinator(Coordinator coordinator) {
            return new CoordinatorWrapper(coordinator) {
                @Override
                public @Nullable Barrier openBarrier(
                        BarrierKind kind, @Nullable String session, @Nullable Barrier beside) {
                    for (SimulatedTables.Barrier other :
                            Objects.requireNonNull(rows).barriers.values()) {
                        if (!other.closed) {
                            return new Barrier(other.row.id(), kind, 0);
                        }
                    }
                    return super.openBarrier(kind, session, beside);
                }
            };
        }
    },

    BARRIER_CLOSED_WITHOUT_THE_EXCLUSIVE_LOCK(
            Scenario.BACK_DURING_A_COMMIT, "a barrier closed without the exclusive lock") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                @Override
                boolean mayClose(Barrier barrier) {
                    return true;
                }
            };
        }
    },

    BARRIER_NOT_LOCKED(Scenario.BACK_DURING_A_COMMIT, "barrier not locked") {
        @Override
        public boolean locksBarriers() {
            return false;
        }
    },

    /** What was cached before the barrier is served after it. */
    EPOCH_KEPT_WHEN_THE_BARRIER_IS_CLOSED(Scenario.CUT_OFF, "epoch kept when the barrier is closed") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                @Override
                public boolean closeBarrier(UUID barrier, BarrierKind kind, String incarnation, UUID epoch) {
                    return super.closeBarrier(barrier, kind, incarnation, rows.epoch);
                }
            };
        }
    },

    /** A node says that it has stopped before it has. */
    STOPPED_BEFORE_THE_READING_IS_USED(Scenario.CUT_OFF, "stopped before the reading is used") {
        @Override
        public CoordinationTables tables(SimulatedTables tables) {
            return new SimulatedTables(tables) {
                @Override
                public List<NodeRow> nodes() {
                    return super.nodes().stream()
                            .map(row -> new NodeRow(row.id(), row.beat(), rows.version, row.seen()))
                            .toList();
                }
            };
        }
    };

    private final Scenario scenario;
    private final String wrong;

    PlantedBug(Scenario scenario, String wrong) {
        this.scenario = scenario;
        this.wrong = wrong;
    }

    @Override
    public Scenario scenario() {
        return scenario;
    }

    @Override
    public String toString() {
        return wrong;
    }
}
