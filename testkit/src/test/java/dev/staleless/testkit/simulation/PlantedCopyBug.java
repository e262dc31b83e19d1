package dev.staleless.testkit.simulation;

import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.protocol.Evidence;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.near.HeadTracker;
import dev.staleless.core.store.near.NearStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What must not be got wrong of what is kept beside the store, filled for others, or computed from several results. */
enum PlantedCopyBug implements Planted {
    PROOF_COUNTED_FROM_ITS_ANSWER(Scenario.NEAR_AND_LATE, "a proof counted from when it was told") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public HeadTracker tracker(Duration interval) {
                    return new SimulatedTracker(this, interval) {
                        @Override
                        void proved(Object asked, long nanos, long millis) {
                            super.proved(asked, node.nanos(), node.millis());
                        }
                    };
                }
            };
        }
    },

    PROOF_BEFORE_WHAT_WAS_TOLD(Scenario.NEAR_AND_LATE, "a proof that overtakes what it proves to have been told") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public HeadTracker tracker(Duration interval) {
                    return new SimulatedTracker(this, interval) {
                        @Override
                        void tell(Runnable message, boolean proof) {
                            if (proof) {
                                message.run();
                            } else {
                                super.tell(message, false);
                            }
                        }
                    };
                }
            };
        }
    },

    TRACKED_AFTER_IT_WAS_READ(Scenario.NEAR, "a head whose change is told only from after it was read") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public HeadTracker tracker(Duration interval) {
                    return new SimulatedTracker(this, interval) {
                        @Override
                        @Nullable
                        Offset headAndTrack(Partition log) {
                            Offset head = head(log);
                            simulation.sleep(Duration.ofMillis(2));
                            registers(log);
                            return head;
                        }
                    };
                }
            };
        }
    },

    OTHER_CONNECTION_TRUSTED(Scenario.NEAR_BROKEN, "heads told by a connection that has ended") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public HeadTracker tracker(Duration interval) {
                    return new SimulatedTracker(this, interval) {
                        @Override
                        void ends() {}
                    };
                }
            };
        }
    },

    OWN_CHANGES_KEPT_NEAR(Scenario.NEAR_AND_LATE, "own changes left to the server to tell of") {
        @Override
        public Store near(NearStore near, SimulatedStore store) {
            return new SimulatedStore(store) {
                @Override
                public Snapshot read(EntryKey key, List<Partition> partitions) {
                    return near.read(key, partitions);
                }

                @Override
                public void report(Collection<Mark> marks, Collection<Append> appends) {
                    store.report(marks, appends);
                }

                @Override
                public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
                    return near.publish(key, entry, ttl);
                }
            };
        }
    },

    /** Whoever has waited for it takes it unchecked. */
    ANOTHERS_FILL_TAKEN(Scenario.FILL_OVERTAKEN, "another node's fill taken for one that was waited for") {
        @Override
        public Store store(SimulatedStore store) {
            return new SimulatedStore(store) {
                private final Map<Thread, UUID> waitedFor = new HashMap<>();

                @Override
                public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
                    Claim claim = super.claim(key, holder, time, partitions);
                    boolean waited = waitedFor.containsKey(Thread.currentThread());
                    if (!claim.holder().equals(holder)) {
                        waitedFor.put(Thread.currentThread(), claim.holder());
                    }
                    Entry entry = claim.snapshot().entry();
                    return !waited || entry == null
                            ? claim
                            : new Claim(claim.holder(), new Snapshot(entry, own(entry, partitions)));
                }

                private List<@Nullable Offset> own(Entry entry, List<Partition> partitions) {
                    List<@Nullable Offset> offsets = new ArrayList<>();
                    partitions.forEach(partition -> offsets.add(entry.offsets().get(partition)));
                    return offsets;
                }
            };
        }
    },

    OBSERVED_AFTER_IT_WAS_ASKED(Scenario.VALUES, "a query observed after it was asked") {
        @Override
        public boolean observesFirst() {
            return false;
        }
    },

    LATER_POSITION_COUNTS(Scenario.VALUES, "of two positions of a log the later one") {
        @Override
        public Evidence together(Evidence first, Evidence next) {
            return super.together(next, first);
        }
    },

    QUERY_FORGOTTEN(Scenario.VALUES_OF_TWO_TABLES, "a value without one of its queries") {
        @Override
        public ValueCache values(ValueCache values) {
            return new ValueCache() {
                @Override
                public Observation observe(Query query, long schemaVersion) {
                    return values.observe(query, schemaVersion);
                }

                @Override
                public Found find(EntryKey key, List<Query> queries, long schemaVersion, boolean observed) {
                    return values.find(key, queries.subList(1, 2), schemaVersion, observed);
                }

                @Override
                public CompletionStage<Void> publish(Value value) {
                    return values.publish(new Value(
                            value.key(),
                            value.computation(),
                            value.queries().subList(1, 2),
                            Collections.singletonList(null),
                            value.evidence(),
                            value.bytes(),
                            value.ttl()));
                }
            };
        }
    },

    PUBLISHED_THOUGH_REFUSED(Scenario.VALUES, "a value of a query that something in flight affects") {
        @Override
        public Store store(SimulatedStore store) {
            return Objects.requireNonNull(PlantedBug.IN_FLIGHT_NOT_ASKED.store(store));
        }
    };

    private final Scenario scenario;
    private final String wrong;

    PlantedCopyBug(Scenario scenario, String wrong) {
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
