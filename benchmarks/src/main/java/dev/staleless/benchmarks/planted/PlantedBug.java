package dev.staleless.benchmarks.planted;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must not be got wrong in the protocol, got wrong in a store that is put before a real one. */
public enum PlantedBug {

    /** No bug: whoever finds something stale with it finds a bug of the product's or of its own. */
    NONE("flushed,old data,cut off from Redis"),

    /** A result is published whatever is in flight. */
    IN_FLIGHT_NOT_ASKED("cut, ten times") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                @Override
                public List<Registry> registries(List<TableName> tables) {
                    return with(super.registries(tables), old -> registry(old.creation(), old.version(), List.of()));
                }
            };
        }
    },

    /** The heads are read after what is in flight was asked. */
    HEADS_AFTER_IN_FLIGHT("cut, ten times") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new EarlyAskingStore(store, interlude);
        }
    },

    /** The heads are read when the rows are there already. */
    HEADS_AFTER_THE_QUERY("cut, ten times") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                @Override
                public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
                    interlude.at(Moment.ROWS_READ);
                    List<Partition> partitions = List.copyOf(entry.offsets().keySet());
                    return store.publish(key, with(entry, offsets(partitions, store.open(partitions))), ttl);
                }
            };
        }
    },

    /** The events are in the logs before the mark says so. */
    APPEND_BEFORE_BEGIN("cut, ten times") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                @Override
                public void report(Collection<Mark> marks, Collection<Append> appends) {
                    store.report(List.of(), appends);
                    interlude.at(Moment.HALF_REPORTED);
                    store.report(marks, List.of());
                    interlude.at(Moment.REPORTED);
                }
            };
        }
    },

    /** The mark is taken away before the commit. */
    RESOLVE_BEFORE_COMMIT("cut, ten times") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                @Override
                public void report(Collection<Mark> marks, Collection<Append> appends) {
                    store.report(marks, appends);
                    store.resolve(marks).toCompletableFuture().join();
                    interlude.at(Moment.REPORTED);
                }
            };
        }
    },

    /** A mark does not name the logs to which its transaction appends. */
    PARTITIONS_NOT_NAMED("cut, ten times") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                @Override
                public void report(Collection<Mark> marks, Collection<Append> appends) {
                    super.report(marks.stream().map(PlantedBug::nameless).toList(), appends);
                }

                @Override
                public CompletionStage<Void> resolve(Collection<Mark> marks) {
                    return super.resolve(
                            marks.stream().map(PlantedBug::nameless).toList());
                }
            };
        }
    },

    /** What was appended before is appended once more: an old offset is on top again. */
    APPEND_REPLAYED("cut, ten times") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                private final Map<Partition, Element> sent = new ConcurrentHashMap<>();

                @Override
                public void report(Collection<Mark> marks, Collection<Append> appends) {
                    List<Append> more = new ArrayList<>(appends);
                    for (Append append : appends) {
                        Element old = sent.put(append.partition(), append.element());
                        if (old != null) {
                            more.add(new Append(append.partition(), old));
                        }
                    }
                    super.report(marks, more);
                }
            };
        }
    },

    /** Offsets do not tell one life of a server from another. */
    SERVER_IDS_IGNORED("old data") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new NamelessServers(store, interlude);
        }
    },

    /** A registry that was lost is taken for one in which nothing is in flight. */
    MISSING_REGISTRY_TRUSTED("flushed") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                @Override
                public List<Registry> registries(List<TableName> tables) {
                    return with(
                            super.registries(tables),
                            old -> old.creation() == null || old.version() == null
                                    ? registry(new UUID(0, 1), 1L, old.marks())
                                    : old);
                }
            };
        }
    },

    /** A registry made anew counts before those have ended whose marks were in the old one. */
    NEW_REGISTRY_TRUSTED_AT_ONCE("flushed") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                @Override
                public void confirmRegistry(TableName table, UUID creation, long version) {
                    super.confirmRegistry(table, creation, 1);
                }
            };
        }
    },

    /** What was cached before everything was dropped is served after it. */
    ENTRY_WITHOUT_EPOCH("one node is cut off from Redis") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new EpochlessStore(store, interlude);
        }
    },

    /** The rows of one fill meet the offsets of another. */
    ENTRY_PATCHED_IN_PLACE("cut, ten times") {
        @Override
        Store before(Store store, Interlude interlude) {
            return new ForwardingStore(store, interlude) {
                @Override
                public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
                    interlude.at(Moment.ROWS_READ);
                    store.publish(key, with(entry, there(key, entry).offsets()), ttl)
                            .toCompletableFuture()
                            .join();
                    interlude.at(Moment.HALF_PUBLISHED);
                    return store.publish(key, with(there(key, entry), entry.offsets()), ttl);
                }

                private Entry there(EntryKey key, Entry entry) {
                    Entry old = store.read(key, List.copyOf(entry.offsets().keySet()))
                            .entry();
                    return old == null || !old.epoch().equals(entry.epoch()) ? entry : old;
                }
            };
        }
    };

    private final String faults;

    /** @param faults parts of the names of the faults under which it shows, by commas */
    PlantedBug(String faults) {
        this.faults = faults;
    }

    /** Parts of the names of the faults under which it shows, by commas. */
    public String faults() {
        return faults;
    }

    /** Its name as it is written on a command line. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if none is spelled so; the message names those that there are */
    public static PlantedBug spelled(String text) {
        for (PlantedBug bug : values()) {
            if (bug.spelling().equals(text)) {
                return bug;
            }
        }
        throw new IllegalArgumentException("--bug=" + text + ": one of "
                + Arrays.stream(values()).map(PlantedBug::spelling).collect(Collectors.joining(", ")) + " is allowed");
    }

    /** Whose stores have the bug. */
    public StoreProvider in(StoreProvider provider, Interlude interlude) {
        return new StoreProvider() {
            @Override
            public boolean shared() {
                return provider.shared();
            }

            @Override
            public Store open(UUID database, String namespace) {
                return before(provider.open(database, namespace), interlude);
            }
        };
    }

    Store before(Store store, Interlude interlude) {
        return new ForwardingStore(store, interlude);
    }

    private static List<Registry> with(List<Registry> registries, UnaryOperator<Registry> change) {
        return registries.stream().map(change).toList();
    }

    private static Registry registry(@Nullable UUID creation, @Nullable Long version, List<Mark> marks) {
        return new Registry(creation, version, marks);
    }

    private static Mark nameless(Mark mark) {
        return new Mark(mark.table(), mark.transaction(), mark.node(), Set.of(), mark.session());
    }

    private static Entry with(Entry entry, Map<Partition, Offset> offsets) {
        return new Entry(UUID.randomUUID(), entry.key(), entry.epoch(), entry.generations(), offsets, entry.rows());
    }

    private static Map<Partition, Offset> offsets(List<Partition> partitions, List<Offset> heads) {
        Map<Partition, Offset> offsets = new HashMap<>();
        for (int i = 0; i < partitions.size(); i++) {
            offsets.put(partitions.get(i), heads.get(i));
        }
        return offsets;
    }

    /** Answers what is in flight by what it was before the heads were read. */
    private static final class EarlyAskingStore extends ForwardingStore {
        private final ThreadLocal<@Nullable List<Registry>> asked = new ThreadLocal<>();

        EarlyAskingStore(Store store, Interlude interlude) {
            super(store, interlude);
        }

        private <T> T after(List<Partition> partitions, Supplier<T> heads) {
            List<TableName> tables =
                    partitions.stream().map(Partition::table).distinct().toList();
            // of one table it is known in which order the registries are asked for
            asked.set(tables.size() == 1 ? store.registries(tables) : null);
            interlude.at(Moment.IN_FLIGHT_ASKED);
            return heads.get();
        }

        @Override
        public List<Offset> open(List<Partition> partitions) {
            return after(partitions, () -> super.open(partitions));
        }

        @Override
        public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
            return after(partitions, () -> super.claim(key, holder, time, partitions));
        }

        @Override
        public List<Registry> registries(List<TableName> tables) {
            List<Registry> early = asked.get();
            asked.remove();
            return early == null || tables.size() != early.size() ? super.registries(tables) : early;
        }
    }

    /** Gives every server the same ids. */
    private static final class NamelessServers extends ForwardingStore {

        NamelessServers(Store store, Interlude interlude) {
            super(store, interlude);
        }

        private static @Nullable Offset nameless(@Nullable Offset offset) {
            return offset == null ? null : new Offset(offset.element(), "any");
        }

        private static Snapshot nameless(Snapshot snapshot) {
            List<@Nullable Offset> heads = new ArrayList<>();
            snapshot.heads().forEach(head -> heads.add(nameless(head)));
            return new Snapshot(snapshot.entry(), heads);
        }

        @Override
        public Snapshot read(EntryKey key, List<Partition> partitions) {
            return nameless(super.read(key, partitions));
        }

        @Override
        public List<Log> logs(List<Partition> partitions) {
            return super.logs(partitions).stream()
                    .map(log -> new Log(nameless(log.head()), log.elements()))
                    .toList();
        }

        @Override
        public List<Offset> open(List<Partition> partitions) {
            return super.open(partitions).stream()
                    .map(head -> new Offset(head.element(), "any"))
                    .toList();
        }

        @Override
        public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
            Claim claim = super.claim(key, holder, time, partitions);
            return new Claim(claim.holder(), nameless(claim.snapshot()));
        }
    }

    /** Gives every entry the epoch of the last one that was published. */
    private static final class EpochlessStore extends ForwardingStore {
        private volatile @Nullable UUID last;

        EpochlessStore(Store store, Interlude interlude) {
            super(store, interlude);
        }

        private Snapshot renewed(Snapshot snapshot) {
            Entry entry = snapshot.entry();
            UUID epoch = last;
            return entry == null || epoch == null
                    ? snapshot
                    : new Snapshot(
                            new Entry(
                                    entry.id(), entry.key(), epoch, entry.generations(), entry.offsets(), entry.rows()),
                            snapshot.heads());
        }

        @Override
        public Snapshot read(EntryKey key, List<Partition> partitions) {
            return renewed(super.read(key, partitions));
        }

        @Override
        public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
            Claim claim = super.claim(key, holder, time, partitions);
            return new Claim(claim.holder(), renewed(claim.snapshot()));
        }

        @Override
        public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
            last = entry.epoch();
            return super.publish(key, entry, ttl);
        }
    }
}
