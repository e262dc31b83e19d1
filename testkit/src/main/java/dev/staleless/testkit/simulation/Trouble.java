package dev.staleless.testkit.simulation;

import java.util.stream.Stream;

/** What may go wrong at any point of a run, once each time. */
enum Trouble {
    REGISTRIES_EVICTED(Footprint.writes(SimulatedServer.name(0))) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            world.server.evictRegistries();
        }
    },

    LOGS_EVICTED(Footprint.writes(SimulatedServer.name(1), SimulatedServer.name(2))) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            world.server.evictLogs();
        }
    },

    FLUSHED(SimulatedServer.ALL) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            world.server.flush();
        }
    },

    /** All servers come back with what they had before. */
    RESTARTED_WITH_OLDER_DATA(SimulatedServer.ALL) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            older.restartAll();
        }
    },

    /** One server of several has lost its last writes. */
    FAIL_OVER_OF_THE_FIRST(Footprint.writes(SimulatedServer.name(0))) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            older.failOver(0);
        }
    },

    FAIL_OVER_OF_THE_SECOND(Footprint.writes(SimulatedServer.name(1))) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            older.failOver(1);
        }
    },

    FAIL_OVER_OF_THE_THIRD(Footprint.writes(SimulatedServer.name(2))) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            older.failOver(2);
        }
    },

    /** One server is the same process as before, and has lost its last writes. */
    DEMOTED_AND_PROMOTED(Footprint.writes(SimulatedServer.name(2))) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            older.demoteAndPromote(2);
        }
    },

    /** What is on its way to the store without anybody waiting for it does not arrive. */
    MESSAGES_LOST(Footprint.writes("messages of A", "messages of B")) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            world.loseMessages();
        }
    },

    /** The COMMITs to come take effect, or not, and nobody is told. */
    ANSWERS_LOST(Footprint.writes("answers")) {
        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            world.database.loseAnswers();
        }
    },

    CRASH_OF_A_NODE(Footprint.ALL) {
        @Override
        Footprint footprint(World world) {
            return world.database.ofCrash("A").and(Footprint.writes(Simulation.life("A")));
        }

        @Override
        void strike(World world, SimulatedServer.Snapshot older) {
            world.simulation.crash("A");
        }
    };

    private final Footprint footprint;

    Trouble(Footprint footprint) {
        this.footprint = footprint;
    }

    /** @param older what the store had at an earlier time */
    abstract void strike(World world, SimulatedServer.Snapshot older);

    /** Strikes, whenever it may. */
    void happen(World world, SimulatedServer.Snapshot older) {
        world.simulation.step(name(), () -> footprint(world));
        strike(world, older);
    }

    Footprint footprint(World world) {
        return footprint;
    }

    /** What any of these touches. */
    static Footprint anyOf(World world, Trouble... kinds) {
        return Stream.of(kinds).map(kind -> kind.footprint(world)).reduce(Footprint.NONE, Footprint::and);
    }

    static Trouble any(World world, Trouble... kinds) {
        return kinds[world.simulation.choose(Choices.Kind.FREE, kinds.length)];
    }
}
