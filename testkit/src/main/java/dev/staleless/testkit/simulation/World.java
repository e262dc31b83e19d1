package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.protocol.Evidence;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.LateCommitException;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.protocol.ReportException;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.ResultCacheSettings;
import dev.staleless.core.protocol.ResultCaches;
import dev.staleless.core.protocol.SchemaChange;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.protocol.Transaction.Outcome;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.statistics.StoreState;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.near.NearSettings;
import dev.staleless.core.store.near.NearStore;
import dev.staleless.core.store.near.TrackableStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Nodes over one simulated database and store, what they do, and what must hold of it. */
final class World {

    static final Duration TTL = Duration.ofHours(1);

    static final NearSettings NEAR = NearSettings.DEFAULTS.withBound(Duration.ofMillis(400));

    private static final Runnable SERVED = () -> {};

    /** By another node's fill: what is waited for, and a pause. */
    private static final Duration LONGEST_WAIT =
            ResultCacheSettings.DEFAULTS.flightWait().plusMillis(100);

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** One node: the real protocol over simulated surroundings, in which bugs may have been planted. */
    static final class Node {
        final String name;
        final SimulatedNode environment;
        final Store store;
        final ResultCache cache;
        final Coordinator coordinator;

        /** After which version the catalog was read, and whether it tells that items are written with their others. */
        long schemaVersion = 1;

        boolean knowsCascade;

        /** How what it reads is kept and served. */
        Keeping keeping = Keeping.of(TTL);

        /** Whether a near cache is before the store. */
        final boolean near;

        final SimulatedStore simulated;

        private Node(
                SimulatedNode environment,
                Store store,
                SimulatedStore simulated,
                boolean near,
                Coordinator coordinator,
                ResultCache cache) {
            name = environment.name();
            this.environment = environment;
            this.near = near;
            this.simulated = simulated;
            this.store = store;
            this.coordinator = coordinator;
            this.cache = cache;
        }
    }

    /** A query on rows of {@link Fixtures#ITEM}, or of {@link Fixtures#OTHER}. */
    record Question(Query query, List<String> rows) {
        static final Question ONE = byId(Fixtures.ITEM, 1);
        static final Question TWO = byId(Fixtures.ITEM, 2);
        static final Question ALL =
                new Question(Fixtures.all(Fixtures.ITEM), List.of(row(Fixtures.ITEM, 1), row(Fixtures.ITEM, 2)));
        /** As {@link #ONE}, but goes by the log of the whole table. */
        static final Question ONE_OF_ALL =
                new Question(Fixtures.unpinned(Fixtures.ITEM, 1), List.of(row(Fixtures.ITEM, 1)));

        static final Question OTHER = byId(Fixtures.OTHER, 1);

        static Question values(int index) {
            return List.of(ONE, TWO, ALL, OTHER).get(index);
        }

        private static Question byId(TableName table, long id) {
            return new Question(Fixtures.byId(table, id), List.of(row(table, id)));
        }
    }

    final Simulation simulation;
    final SimulatedServer server;
    final SimulatedTables.Rows tables;
    final SimulatedDatabase database;
    final Tally tally;
    private final Bugs bugs;
    private final List<SimulatedStore> stores = new ArrayList<>();
    private final Map<String, SimulatedTables> connections = new HashMap<>();

    /** What happened, over all runs. */
    static final class Tally {
        long steps;
        long hits;
        /** Of those, the ones for which the store was not asked. */
        long near;

        long values;
        long servedStale;
        long waited;
        long published;
        long committed;
        /** Which faults struck one after the other, where that was searched. */
        final Set<List<Trouble>> struck = new HashSet<>();

        final Map<MissReason, Long> misses = new EnumMap<>(MissReason.class);

        @Override
        public String toString() {
            return "hits " + hits + ", of them near " + near + ", values " + values + ", served stale " + servedStale
                    + ", published " + published + ", committed " + committed + ", misses " + misses
                    + (struck.isEmpty() ? "" : ", " + struck.size() + " sequences of faults");
        }
    }

    World(Choices choices, Bugs bugs, Tally tally) {
        simulation = new Simulation(choices);
        server = new SimulatedServer();
        tables = new SimulatedTables.Rows(simulation);
        database = new SimulatedDatabase(simulation);
        tables.sessionEnded = database::hasEnded;
        server.epoch = () -> tables.epoch;
        this.bugs = bugs;
        this.tally = tally;
        simulation.within(this::digest);
    }

    /** Of what a node may be told in a step. */
    private long digest(Footprint footprint) {
        if (footprint.isNone()) {
            return 0;
        }
        Predicate<String> concerned =
                what -> footprint.all() || footprint.reads().contains(what);
        long outside = Histories.mix(server.digest(concerned), database.digest(concerned));
        for (SimulatedStore store : stores) {
            boolean told = concerned.test("messages of " + store.node.name());
            outside += told && !simulation.hasCrashed(store.node.name()) ? store.digest() : 0;
        }
        return concerned.test("tables") ? Histories.mix(outside, tables.digest()) : outside;
    }

    /** A node of a shared store. */
    Node start(String name) {
        return start(name, false);
    }

    /** A node of a shared store, with a near cache before it. */
    Node startNear(String name) {
        return start(name, true);
    }

    private Node start(String name, boolean near) {
        SimulatedNode environment = new SimulatedNode(simulation, name);
        SimulatedStore simulated = new SimulatedStore(simulation, server, environment);
        stores.add(simulated);
        Store store = bugs.store(simulated);
        if (near) {
            store = bugs.near(
                    NearStore.before((TrackableStore) store, NEAR, environment.clock()), (SimulatedStore) store);
        }
        CoordinationTables connection = bugs.tables(new SimulatedTables(simulation, tables));
        connections.put(name, (SimulatedTables) connection);
        return node(environment, store, simulated, near, Coordinator.start(connection, store, environment));
    }

    /** The only node of its store. */
    Node startAlone(String name) {
        SimulatedNode environment = new SimulatedNode(simulation, name);
        SimulatedStore simulated = new SimulatedStore(simulation, server, environment);
        Store store = bugs.store(simulated);
        Coordinator local = Coordinator.local(store, new UUID(0, simulation.nextId()), environment, session -> true);
        return node(environment, store, simulated, false, local);
    }

    private Node node(
            SimulatedNode environment, Store store, SimulatedStore simulated, boolean near, Coordinator coordinator) {
        Coordinator bugged = bugs.coordinator(coordinator);
        ResultCache cache = ResultCaches.create(store, bugged, environment, listener(), ResultCacheSettings.DEFAULTS);
        Node node = new Node(environment, store, simulated, near, bugged, bugs.cache(cache, environment));
        try (Turn turn = bugged.begin(Turn.Kind.SERVE)) {
            Reading reading = turn.reading();
            node.schemaVersion = reading == null ? -3 : reading.schemaVersion();
            node.knowsCascade = database.cascades;
        }
        bugged.onReading(reading -> {
            if (!reading.reportEverything() && reading.schemaVersion() != node.schemaVersion) {
                environment.start("catalog", () -> readCatalog(node, reading.schemaVersion()));
            }
        });
        return node;
    }

    private void readCatalog(Node node, long version) {
        if (bugs.labelsTheCatalogFirst()) {
            node.schemaVersion = version;
        }
        simulation.step("reads the catalog");
        node.knowsCascade = database.cascades;
        simulation.step("has read the catalog");
        node.schemaVersion = version;
    }

    /** From then on whoever updates an item updates the other of the same id too. */
    void changeSchema(Node node) {
        SimulatedDatabase.Session session = database.begin(node.name);
        session.commitsByItself = true;
        SchemaChange change;
        try {
            change = bugs.barsSchemaChanges() ? node.cache.changeSchema(database.name(session), null) : answered -> {};
        } catch (ReportException e) {
            simulation.note("is refused: " + e.getMessage());
            database.rollback(session);
            return;
        }
        database.changeSchema(session);
        change.ended(true);
    }

    /** Another cache of the same node, which does not know of the first one's flights. */
    Node sharing(Node node) {
        ResultCache cache = ResultCaches.create(
                node.store, node.coordinator, node.environment, listener(), ResultCacheSettings.DEFAULTS);
        return new Node(node.environment, node.store, node.simulated, node.near, node.coordinator, cache);
    }

    private CacheListener listener() {
        return new CacheListener() {
            @Override
            public void hit(Query query) {
                tally.hits++;
            }

            @Override
            public void servedStale(Query query) {
                tally.servedStale++;
            }

            @Override
            public void miss(Query query, MissReason reason, String detail) {
                simulation.note("misses: " + reason + ", " + detail);
                tally.waited += detail.endsWith("another node fills it") ? 1 : 0;
                tally.misses.merge(reason, 1L, Long::sum);
            }

            @Override
            public void published(Query query, int bytes) {
                tally.published++;
            }

            @Override
            public void committed(Collection<dev.staleless.core.change.ChangeEvent> events) {
                tally.committed++;
            }

            @Override
            public void storeState(StoreState state, String reason) {
                simulation.note("STORE " + state + ": " + reason);
                storeStates.add(state);
            }

            @Override
            public void failed(String what, Throwable cause) {
                simulation.note(what + ": " + cause);
            }
        };
    }

    /** Whether a transaction, or its mark, is left to end, for which a node may have to be found gone. */
    boolean somethingIsLeftToEnd() {
        return server.registries.values().stream().anyMatch(registry -> !registry.marks.isEmpty())
                || database.isUnderWay()
                || simulation.hasCrashed();
    }

    void enlist(Node... nodes) {
        for (Node node : nodes) {
            node.cache.enlist(
                    Stream.of(Fixtures.ITEM, Fixtures.OTHER)
                            .map(Fixtures::table)
                            .toList(),
                    TIMEOUT);
        }
    }

    static String row(TableName table, long id) {
        return table.name() + id;
    }

    void read(Node node, Question question) {
        read(node, question, null, database.begin(node.name));
    }

    /** Reads what has to be served from the cache. */
    void readServed(Node node, Question question) {
        long hits = tally.hits;
        read(node, question);
        if (tally.hits == hits) {
            simulation.fail("NOT SERVED: " + question.rows());
        }
    }

    /** Reads, which takes a while unless it is served. */
    void readSlowly(Node node, Question question, Duration time) {
        Runnable rest = ask(node, question);
        if (rest != SERVED) {
            simulation.sleep(time);
        }
        rest.run();
    }

    private void read(
            Node node, Question question, @Nullable Transaction transaction, SimulatedDatabase.Session session) {
        ask(node, question, transaction, session).run();
    }

    /** Reads, but for what is to be done with the rows, which is returned. */
    Runnable ask(Node node, Question question) {
        return ask(node, question, null, database.begin(node.name));
    }

    private Runnable ask(
            Node node, Question question, @Nullable Transaction transaction, SimulatedDatabase.Session session) {
        List<Integer> promised = promised(node, question.rows());
        long asked = simulation.nanos();
        long askedBefore = node.simulated.asked;
        Lookup lookup = node.cache.lookup(
                question.query(),
                Fixtures.key(question.query()),
                bugs.keeping(node.keeping),
                transaction,
                transaction == null,
                node.schemaVersion);
        if (node.keeping.lock() && simulation.nanos() - asked > LONGEST_WAIT.toNanos()) {
            simulation.fail("HELD UP: a lookup took " + Duration.ofNanos(simulation.nanos() - asked));
        }
        tally.near += lookup instanceof Lookup.Hit && node.simulated.asked == askedBefore ? 1 : 0;
        if (lookup instanceof Lookup.Hit hit) {
            simulation.step("is served", Footprint.reads("commits"));
            check(question.rows(), decode(hit.rows()), promised, session);
            return SERVED;
        }
        List<Integer> versions = database.read(session, question.rows());
        simulation.note("reads " + versions);
        return () -> {
            if (lookup instanceof Lookup.Fill fill) {
                simulation.step("has read", Footprint.NONE);
                fill.publish(encode(versions));
                fill.close();
            }
        };
    }

    /** The versions of which a read that begins now must not be behind. */
    private List<Integer> promised(Node node, List<String> rows) {
        String[] read = rows.stream()
                .distinct()
                .flatMap(row -> Stream.of("promised " + row, "promised " + SimulatedDatabase.by(row, node.name)))
                .toArray(String[]::new);
        simulation.step("asks for " + rows, Footprint.reads(read));
        Duration own = node.keeping.allowStale();
        Duration others = own.plus(node.near ? NEAR.bound() : Duration.ZERO);
        return rows.stream()
                .map(row -> database.promised(row, others, node.name, own))
                .toList();
    }

    /**
     * Asks for a value that is computed from the rows of two queries, one after the other, the first of which the cache may answer.
     * Computes it if there is none.
     */
    void compute(Node node, Question first, Question second) {
        List<String> rows =
                Stream.concat(first.rows().stream(), second.rows().stream()).toList();
        List<Integer> promised = promised(node, rows);
        List<Query> queries = List.of(first.query(), second.query());
        EntryKey key = new EntryKey("value", "value".getBytes(StandardCharsets.UTF_8));
        ValueCache values = bugs.values(node.cache.values());
        if (values.find(key, queries, node.schemaVersion, false) instanceof ValueCache.Served served) {
            simulation.step("is served a value", Footprint.reads("commits"));
            tally.values++;
            check(rows, decode(served.value()), promised, database.begin(node.name));
            return;
        }
        ValueCache.Observation early = values.observe(first.query(), node.schemaVersion);
        List<Integer> versions = new ArrayList<>(looksUp(node, first));
        ValueCache.Observation one = bugs.observesFirst() ? early : values.observe(first.query(), node.schemaVersion);
        ValueCache.Observation other = values.observe(second.query(), node.schemaVersion);
        versions.addAll(database.read(database.begin(node.name), second.rows()));
        simulation.note("computes " + versions);
        if (one instanceof ValueCache.Seen seen && other instanceof ValueCache.Seen then) {
            Evidence evidence = bugs.together(seen.evidence(), then.evidence());
            var unused = values.publish(new ValueCache.Value(
                    key,
                    node.environment.freshId(),
                    queries,
                    java.util.Arrays.asList(null, null),
                    evidence,
                    encode(versions),
                    TTL));
        }
    }

    /** What a query returns, of the cache or of the database. */
    private List<Integer> looksUp(Node node, Question question) {
        Lookup lookup = node.cache.lookup(
                question.query(), Fixtures.key(question.query()), TTL, null, true, node.schemaVersion);
        if (lookup instanceof Lookup.Hit hit) {
            return decode(hit.rows());
        }
        List<Integer> versions = database.read(database.begin(node.name), question.rows());
        if (lookup instanceof Lookup.Fill fill) {
            fill.publish(encode(versions));
            fill.close();
        }
        return versions;
    }

    private void check(
            List<String> rows, List<Integer> versions, List<Integer> promised, SimulatedDatabase.Session session) {
        simulation.note("is served " + versions + ", at least " + promised);
        if (versions.size() != promised.size()) {
            simulation.fail("PARTIAL: " + versions.size() + " of " + promised.size() + " rows are served");
            return;
        }
        for (int i = 0; i < versions.size(); i++) {
            String row = rows.get(i);
            if (versions.get(i) < promised.get(i)) {
                simulation.fail("STALE: " + row + " is served as of " + versions.get(i) + ", though " + promised.get(i)
                        + " was committed before the read began");
            }
            if (!database.wasCommitted(versions.get(i))) {
                simulation.fail("DIRTY: " + row + " is served as of " + versions.get(i) + ", which was not committed");
            }
            if (session.writes.containsKey(row)) {
                simulation.fail("OWN WRITE NOT READ: " + row + " is served inside the transaction that changed it");
            }
        }
    }

    /** Updates a row in a transaction of its own. */
    void write(Node node, TableName table, long id) {
        SimulatedDatabase.Session session = database.begin(node.name);
        Transaction transaction = node.cache.begin();
        if (mayWrite(transaction, session, table)) {
            update(node, transaction, session, table, id);
            commit(transaction, session, false);
        }
    }

    /** Updates two rows in a transaction whose COMMIT takes long. */
    void writeBoth(Node node, long id, long otherId, Duration slowness) {
        SimulatedDatabase.Session session = database.begin(node.name);
        session.slowness = slowness;
        Transaction transaction = node.cache.begin();
        update(node, transaction, session, Fixtures.ITEM, id);
        update(node, transaction, session, Fixtures.ITEM, otherId);
        commit(transaction, session, false);
    }

    private boolean mayWrite(Transaction transaction, SimulatedDatabase.Session session, TableName table) {
        try {
            transaction.aboutToWrite(List.of(table), true);
            return true;
        } catch (ReportException e) {
            simulation.note("is refused: " + e.getMessage());
            database.rollback(session);
            transaction.rollback();
            return false;
        }
    }

    /** Reads, updates, reads inside the transaction, then commits or is rolled back by the COMMIT. */
    void transaction(Node node, TableName table, long id, Question question, boolean refused) {
        SimulatedDatabase.Session session = database.begin(node.name);
        Transaction transaction = node.cache.begin();
        read(node, question, transaction, session);
        Object savepoint = transaction.savepoint();
        update(node, transaction, session, table, id);
        read(node, question, transaction, session);
        if (refused) {
            transaction.rollbackTo(savepoint);
            session.writes.clear();
            update(node, transaction, session, table, id);
        }
        commit(transaction, session, refused);
    }

    /** The next beat of a node is answered late, and nothing of its watch arrives after that. */
    void silenceAfterALateAnswer(Node node, Duration answerTakes) {
        SimulatedTables connection = connections.get(node.name);
        if (connection != null) {
            connection.lastAnswerTakes = answerTakes;
        }
    }

    /** What is on its way to the store without anybody waiting for it does not arrive. */
    void loseMessages() {
        stores.forEach(SimulatedStore::loseMessages);
    }

    /** From now on a report may fail. */
    void storeMayFail() {
        stores.forEach(SimulatedStore::mayFail);
    }

    /** Updates a row by a statement that commits by itself. */
    void writeAtOnce(Node node, TableName table, long id) {
        SimulatedDatabase.Session session = database.begin(node.name);
        session.commitsByItself = true;
        Transaction transaction = node.cache.begin();
        try {
            transaction.reportNow(List.of(Fixtures.update(table, id)), database.name(session));
        } catch (ReportException e) {
            simulation.note("is refused: " + e.getMessage());
            transaction.rollback();
            return;
        }
        int version = database.update(session, row(table, id), null);
        simulation.note("updates to " + version);
        if (database.commit(session, false) == Outcome.UNKNOWN) {
            transaction.connectionLost();
        } else {
            transaction.commit(() -> Outcome.COMMITTED);
            database.returns(session);
        }
    }

    private void update(
            Node node, Transaction transaction, SimulatedDatabase.Session session, TableName table, long id) {
        if (bugs.tellsTheSchemaVersion()) {
            transaction.analysedUnder(node.schemaVersion);
        }
        List<ChangeEvent> events = new ArrayList<>(List.of(Fixtures.update(table, id)));
        if (node.knowsCascade && table.equals(Fixtures.ITEM)) {
            events.add(Fixtures.update(Fixtures.OTHER, id));
        }
        transaction.changed(events);
        String cascaded = table.equals(Fixtures.ITEM) ? row(Fixtures.OTHER, id) : null;
        int version = database.update(session, row(table, id), cascaded);
        simulation.note("updates to " + version);
    }

    private void commit(Transaction transaction, SimulatedDatabase.Session session, boolean refused) {
        try {
            Outcome outcome = transaction.commit(new Commit(session, refused));
            if (outcome == Outcome.COMMITTED || outcome == Outcome.UNKNOWN && session.applied) {
                database.returns(session);
                simulation.note("commit() has returned, or thrown");
            }
        } catch (ReportException e) {
            simulation.note("is refused: " + e.getMessage());
            database.rollback(session);
            transaction.rollback();
        } catch (LateCommitException e) {
            simulation.note("commits too late");
        }
    }

    /** The COMMIT of a session. */
    private final class Commit implements Transaction.DatabaseCommit {
        private final SimulatedDatabase.Session session;
        private final boolean refused;

        Commit(SimulatedDatabase.Session session, boolean refused) {
            this.session = session;
            this.refused = refused;
        }

        @Override
        public Outcome run() {
            return database.commit(session, refused);
        }

        @Override
        public Transaction.BarrierLock lock(UUID barrier) {
            return bugs.locksBarriers() ? database.lock(session, tables, barrier) : Transaction.BarrierLock.HELD;
        }
    }

    /** What the listeners of all nodes have heard of their stores. */
    final List<StoreState> storeStates = new ArrayList<>();

    private static byte[] encode(List<Integer> versions) {
        ByteBuffer bytes = ByteBuffer.allocate(versions.size() * Integer.BYTES);
        versions.forEach(bytes::putInt);
        return bytes.array();
    }

    private static List<Integer> decode(byte[] rows) {
        ByteBuffer bytes = ByteBuffer.wrap(rows);
        List<Integer> versions = new ArrayList<>();
        while (bytes.hasRemaining()) {
            versions.add(bytes.getInt());
        }
        return versions;
    }
}
