package dev.staleless.testkit.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run: threads of which exactly one goes on at a time, and a time that stands still while anyone can go on.
 *
 * <p>Each thread belongs to a node, or to none (the database, the store's server). At a {@link #step} the choices decide who
 * goes on. A node that crashed goes on nowhere: its threads end at their next step; one that is paused stands still until it
 * is resumed.
 *
 * <p>For a search it tells its whole state as one number: the nodes' histories, what is outside of them, the threads and the time.
 * It is longer than other classes because the threads, the time and the choices depend on one another in each step.
 */
final class Simulation {

    /** Ends a thread: its node crashed, or the run is over. */
    static final class Ended extends Error {
        private static final long serialVersionUID = 1;

        Ended() {
            super("ended", null, false, false);
        }
    }

    private static final ExecutorService THREADS = threads();

    private static final int MAX_STEPS = 20_000;

    private final class Actor {
        final String name;
        final @Nullable String node;
        final boolean essential;
        volatile @Nullable Thread thread;
        volatile boolean turn;
        boolean done;
        final String owner;
        final int number;
        Supplier<Footprint> footprint = () -> Footprint.NONE;

        @Nullable
        Gate gate;

        long wakeAt = Long.MAX_VALUE;
        /** Whether it waits for all others, */
        boolean last;
        /** and, then, until no thread of a node can go on. */
        boolean settles;
        /** Who started it. */
        final @Nullable Actor parent = current;

        Actor(String name, @Nullable String node, boolean essential) {
            this.name = name;
            this.node = node;
            this.essential = essential;
            owner = node == null ? name : node;
            number = histories.spawned(owner);
        }

        private boolean mayComeBefore(Actor other) {
            // what is waited for without an end is opened by other nodes, or when the essential threads have ended
            boolean rests = owner.equals(other.owner)
                    && gate != null
                    && !gate.open
                    && wakeAt > nanos
                    && wakeAt != Long.MAX_VALUE;
            // whoever is asked about can go on, and comes before what waits until nobody can
            boolean waits = last && other.node != null && !other.done;
            return this != other && !done && !rests && !waits;
        }

        boolean comesBefore(Actor other) {
            int order = owner.compareTo(other.owner);
            return order < 0 || order == 0 && number < other.number;
        }

        Choices.Able able() {
            Set<String> rivals = new HashSet<>();
            boolean alone = true;
            for (Actor other : actors) {
                if (other.mayComeBefore(this)) {
                    alone &= !other.owner.equals(owner);
                    rivals.add(other.name);
                }
            }
            Footprint next = footprint.get();
            // what touches nothing makes no difference to what is left by a crash
            Footprint whole = node == null || next.isNone() ? next : next.and(Footprint.reads(life(node)));
            return new Choices.Able(whole, rivals, alone);
        }

        /** What others can see of it. */
        long digest() {
            long waits = gate == null ? 0 : gate.open ? 1 : 2;
            return done ? 0 : Histories.mix(Histories.mix(owner.hashCode(), number), Histories.mix(waits, wakeAt));
        }

        void happened(String what, long observed) {
            histories.happened(owner, number, what, observed);
        }

        boolean runnable() {
            boolean waits = gate != null && !gate.open && wakeAt > nanos;
            boolean stands = node != null && paused.contains(node);
            return !done && !waits && !stands && !(settles && othersGoOn());
        }

        private boolean othersGoOn() {
            return actors.stream().anyMatch(other -> other.node != null && !other.settles && other.runnable());
        }
    }

    /** Something to wait for. */
    static final class Gate {
        boolean open;
    }

    /** What is outside of the nodes, as numbers. */
    interface Surroundings {
        long digest(Footprint footprint);
    }

    private final Choices choices;
    private final boolean needStates;
    private final Histories histories = new Histories();
    private Surroundings surroundings = footprint -> 0;
    private final List<Actor> actors = new ArrayList<>();
    private final Set<String> crashed = new HashSet<>();
    private final Set<String> paused = new HashSet<>();
    private final Set<String> mortal = new HashSet<>();
    private final List<Runnable> afterCrash = new ArrayList<>();
    private final List<Gate> othersEnd = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ended;
    private @Nullable Actor current;
    private @Nullable String failure;
    private boolean branching;
    private boolean tracing;
    private boolean givenUp;
    private int steps;
    private long nanos = Duration.ofDays(1).toNanos();
    private long ids;
    private final Map<String, Long> idsByOwner = new HashMap<>();

    Simulation(Choices choices) {
        this.choices = choices;
        needStates = choices.needStates();
    }

    /** Sets what the nodes' steps depend on. */
    void within(Surroundings outside) {
        surroundings = outside;
    }

    /** Virtual ones where the Java that runs has them: handing on to the next costs a fraction then. */
    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "simulated");
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    /** Runs until every essential thread has ended; returns what went wrong, or null. */
    @Nullable
    String run(Runnable first) {
        spawn("setup", null, true, first);
        hand(actors.get(0));
        try {
            over.await();
            if (needStates && branching && !givenUp) {
                choices.ended(state());
            }
            ended = true;
            for (Actor actor : List.copyOf(actors)) {
                LockSupport.unpark(actor.thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return failure;
    }

    /** From now on the choices decide who goes on; before, a thread goes on until it waits. */
    void branch() {
        branching = true;
        tracing = true;
    }

    /** From now on a thread goes on until it waits: what follows is determined by the state in which this is called. */
    void stopBranching() {
        if (needStates && branching) {
            choices.ended(state());
        }
        branching = false;
    }

    /** Lets a node crash at any of its steps, as the choices say. */
    void mortal(String node) {
        mortal.add(node);
    }

    void afterCrash(Runnable task) {
        afterCrash.add(task);
    }

    void spawn(String name, @Nullable String node, boolean essential, Runnable task) {
        Actor actor = new Actor(name, node, essential);
        insert(actor);
        THREADS.execute(() -> {
            actor.thread = Thread.currentThread();
            try {
                park(actor);
                if (needStates && branching) {
                    actor.happened("begins", 0);
                }
                task.run();
            } catch (Ended e) {
                // its node crashed, or the run is over
            } catch (Throwable e) {
                fail(stackTrace(e));
            }
            if (!ended) {
                actor.done = true;
                leave(actor);
            }
        });
    }

    /** In an order that does not depend on which node was the first to start one. */
    private void insert(Actor actor) {
        int at = actors.size();
        while (needStates && at > 0 && actor.comesBefore(actors.get(at - 1))) {
            at--;
        }
        actors.add(at, actor);
    }

    private void leave(Actor actor) {
        tellWhoWaitsForTheOthers();
        boolean open = actors.stream().anyMatch(other -> other.essential && !other.done);
        if (!open || failure != null) {
            over.countDown();
        } else {
            proceed(actor);
        }
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    void fail(String what) {
        if (failure == null) {
            failure = what + "\n" + String.join("\n", trace);
        }
    }

    /** A point where others may come in; what follows may touch anything. */
    void step(String what) {
        step(what, Footprint.ALL);
    }

    /** A point where others may come in; what follows, up to the next one, touches this. */
    void step(String what, Footprint footprint) {
        step(what, () -> footprint);
    }

    /** As above; what it touches is asked for at each point where somebody else may come in before it. */
    void step(String what, Supplier<Footprint> footprint) {
        Actor actor = self();
        actor.footprint = footprint;
        if (++steps > MAX_STEPS) {
            fail("more than " + MAX_STEPS + " steps");
            over.countDown();
            park(actor);
        }
        if (branching && actor.node != null && mortal.contains(actor.node) && choose(Choices.Kind.FAULT, 2) == 1) {
            crash(actor.node);
            throw new Ended();
        }
        proceed(actor);
        if (needStates && branching) {
            touched(actor, footprint.get());
        }
        if (needStates && branching) {
            actor.happened(what, Histories.mix(nanos, surroundings.digest(footprint.get())));
        }
        if (tracing) {
            trace.add((nanos / 1_000_000) % 1_000_000 + " " + actor.name + ": " + what);
        }
    }

    private void touched(Actor actor, Footprint footprint) {
        Footprint alive = actor.node == null ? Footprint.NONE : Footprint.reads(life(actor.node));
        for (Actor doer = actor; doer != null; doer = doer.parent) {
            choices.touched(doer.name, footprint, alive);
        }
    }

    /** Of a node, as a part of footprints: its end writes it, what it does otherwise reads it. */
    static String life(String node) {
        return "life of " + node;
    }

    /** Makes a note in the trace. */
    void note(String what) {
        if (tracing) {
            trace.add("    " + self().name + " " + what);
        }
    }

    /** Waits; what follows, up to the next step, touches this. */
    boolean await(Gate gate, long forNanos, Footprint footprint) {
        if (needStates && branching) {
            touched(self(), footprint);
        }
        return waits(gate, forNanos, footprint);
    }

    private boolean waits(Gate gate, long forNanos, Footprint footprint) {
        Actor actor = self();
        actor.footprint = () -> footprint;
        actor.gate = gate;
        actor.wakeAt = forNanos == Long.MAX_VALUE ? forNanos : nanos + Math.max(0, forNanos);
        proceed(actor);
        actor.gate = null;
        actor.wakeAt = Long.MAX_VALUE;
        if (needStates && branching && !actor.last) {
            long found = Histories.mix(gate.open ? 1 : 0, surroundings.digest(footprint));
            actor.happened("waited", Histories.mix(nanos, found));
        }
        return gate.open;
    }

    /** Lets time pass. What a node does next touches nothing before its next step. */
    void sleep(Duration time) {
        waits(new Gate(), time.toNanos(), self().node == null ? Footprint.ALL : Footprint.NONE);
    }

    /**
     * Waits until every other essential thread has ended. What follows may touch anything. In a search it waits further until what
     * the nodes have begun is over, as far as no time has to pass for that.
     */
    void awaitOthers() {
        Actor actor = self();
        actor.last = true;
        while (actors.stream().anyMatch(other -> other != actor && other.essential && !other.done)) {
            Gate gate = new Gate();
            othersEnd.add(gate);
            waits(gate, Long.MAX_VALUE, Footprint.NONE);
        }
        if (needStates) {
            actor.settles = true;
            // a step of its own, whether it had to wait or not
            await(new Gate(), 0, Footprint.ALL);
            actor.settles = false;
        }
        actor.last = false;
    }

    int choose(Choices.Kind kind, int options) {
        int chosen = branching ? choices.choose(kind, options) : 0;
        if (needStates && branching) {
            self().happened("chooses", chosen);
        }
        return chosen;
    }

    /** Lets a thread of no node know nothing any more but this; what follows depends on nothing else that it has done. */
    void remember(int only) {
        histories.became(self().owner, only);
    }

    /** Whether the choices decide who goes on. */
    boolean branches() {
        return branching;
    }

    /** Whether nobody else can go on unless time passes. */
    boolean waitsForTime() {
        Actor self = self();
        return actors.stream().noneMatch(actor -> actor != self && actor.runnable());
    }

    /** Ends the run: what follows is a part of what follows another one. */
    void giveUp() {
        givenUp = true;
        over.countDown();
        park(self());
    }

    /** A fingerprint of everything that what follows may depend on. */
    long state() {
        long digest = Histories.mix(histories.digest(), surroundings.digest(Footprint.ALL));
        long threads = 0;
        for (Actor actor : actors) {
            threads += actor.digest();
        }
        digest = Histories.mix(digest, threads);
        return Histories.mix(Histories.mix(digest, nanos), Histories.mix(paused.hashCode(), crashed.hashCode()));
    }

    void crash(String node) {
        note("CRASH of " + node);
        crashed.add(node);
        histories.crashed(node);
        mortal.remove(node);
        // their threads end with the run
        actors.stream()
                .filter(actor -> node.equals(actor.node) && actor != current)
                .forEach(actor -> actor.done = true);
        tellWhoWaitsForTheOthers();
        afterCrash.forEach(Runnable::run);
    }

    private void tellWhoWaitsForTheOthers() {
        long left =
                actors.stream().filter(actor -> actor.essential && !actor.done).count();
        if (left <= othersEnd.size()) {
            othersEnd.forEach(gate -> gate.open = true);
            othersEnd.clear();
        }
    }

    /** Whether any node has. */
    boolean hasCrashed() {
        return !crashed.isEmpty();
    }

    boolean hasCrashed(@Nullable String node) {
        return node != null && crashed.contains(node);
    }

    void pause(String node) {
        note("PAUSE of " + node);
        paused.add(node);
    }

    void resume(String node) {
        note("RESUME of " + node);
        paused.remove(node);
    }

    long nanos() {
        return nanos;
    }

    long nextId() {
        return ++ids;
    }

    /** An id that no other owner of ids has, whatever else happens. */
    UUID nextId(String owner) {
        return new UUID(1 + (owner.hashCode() & 0xFFFFFFFFL), idsByOwner.merge(owner, 1L, Long::sum));
    }

    /** Number of the steps so far: what happens later has a higher one, or the same. */
    int now() {
        return steps;
    }

    private Actor self() {
        Actor actor = current;
        if (ended || actor == null || actor.thread != Thread.currentThread() || hasCrashed(actor.node)) {
            throw new Ended();
        }
        return actor;
    }

    private void proceed(Actor from) {
        Actor next = next(from);
        if (next == null) {
            over.countDown();
            if (from.done) {
                return;
            }
            park(from);
        } else if (next != from) {
            // what the others do from here on, a crash of this node included, is no longer this thread's to see
            boolean finished = from.done;
            hand(next);
            if (finished) {
                return;
            }
            park(from);
        }
        if (hasCrashed(from.node)) {
            throw new Ended();
        }
    }

    private @Nullable Actor next(Actor from) {
        while (true) {
            List<Actor> able = new ArrayList<>();
            boolean goesOn = from.runnable();
            if (goesOn) {
                able.add(from);
            }
            for (Actor actor : actors) {
                if (actor != from && actor.runnable()) {
                    able.add(actor);
                }
            }
            if (!able.isEmpty()) {
                int index = branching ? choices.next(able.size(), situation(able)) : 0;
                if (index == Choices.GIVE_UP) {
                    givenUp = true;
                    return null;
                }
                return able.get(index);
            }
            if (!advance()) {
                fail("nobody can go on");
                return null;
            }
        }
    }

    private Choices.Situation situation(List<Actor> able) {
        return new Choices.Situation() {
            @Override
            public List<Choices.Able> able() {
                return able.stream().map(Actor::able).toList();
            }

            @Override
            public long fingerprint() {
                return state();
            }
        };
    }

    /** Lets the time pass until somebody wakes. */
    private boolean advance() {
        long wake = Long.MAX_VALUE;
        for (Actor actor : actors) {
            boolean stands = actor.node != null && paused.contains(actor.node);
            if (!actor.done && !stands) {
                wake = Math.min(wake, actor.wakeAt);
            }
        }
        nanos = Math.max(nanos, wake == Long.MAX_VALUE ? nanos : wake);
        return wake != Long.MAX_VALUE;
    }

    private void hand(Actor to) {
        current = to;
        to.turn = true;
        LockSupport.unpark(to.thread);
    }

    private void park(Actor actor) {
        while (!actor.turn) {
            if (ended) {
                throw new Ended();
            }
            LockSupport.park(this);
        }
        actor.turn = false;
        if (ended || hasCrashed(actor.node)) {
            throw new Ended();
        }
    }
}
