package dev.staleless.testkit.simulation;

import static dev.staleless.testkit.simulation.Fixtures.ITEM;
import static dev.staleless.testkit.simulation.Fixtures.OTHER;

import dev.staleless.testkit.simulation.World.Node;
import dev.staleless.testkit.simulation.World.Question;
import dev.staleless.testkit.simulation.World.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the threads of a run do. */
enum Scenario {

    /** One process: a write meets a fill, and a read after both. */
    WRITER_AND_READER {
        @Override
        void run(World world) {
            Node node = alone(world);
            world.simulation.branch();
            spawn(world, node, "reader", () -> {
                world.read(node, Question.ONE);
                world.read(node, Question.ONE);
            });
            spawn(world, node, "writer", () -> world.write(node, ITEM, 1));
            finallyReadTwice(world, node);
        }
    },

    /** One process: a write meets a fill that is claimed before. */
    WRITER_AND_CLAIMING_READER {
        @Override
        void run(World world) {
            Node node = alone(world);
            node.keeping = node.keeping.withLock(true);
            world.simulation.branch();
            spawn(world, node, "reader", () -> {
                world.read(node, Question.ONE);
                world.read(node, Question.ONE);
            });
            spawn(world, node, "writer", () -> world.write(node, ITEM, 1));
            finallyReadTwice(world, node);
        }
    },

    /** One process: a write meets two readers, who share one flight. */
    WRITER_AND_TWO_READERS {
        @Override
        void run(World world) {
            Node node = alone(world);
            world.simulation.branch();
            for (String reader : new String[] {"reader 1", "reader 2"}) {
                spawn(world, node, reader, () -> {
                    world.read(node, Question.ONE);
                    world.read(node, Question.ONE);
                });
            }
            spawn(world, node, "writer", () -> world.write(node, ITEM, 1));
        }
    },

    /** One process: a fill that read before a write is published while another that read after it is. */
    TWO_FILLS {
        @Override
        void run(World world) {
            Node node = alone(world);
            Runnable publish = world.ask(node, Question.ONE);
            world.write(node, ITEM, 1);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            spawn(world, node, "reader", () -> world.read(world.sharing(node), Question.ONE));
            spawn(world, node, "earlier reader", publish);
            finallyReadTwice(world, node);
        }
    },

    /** One process: a whole table is read, and read again. */
    TWO_FILLS_OF_ALL {
        @Override
        void run(World world) {
            Node node = alone(world);
            world.simulation.branch();
            world.read(node, Question.ALL);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.read(node, Question.ALL);
        }
    },

    /** One process: two rows are written at once, and read. */
    TWO_WRITERS {
        @Override
        void run(World world) {
            Node node = alone(world);
            world.simulation.branch();
            spawn(world, node, "writer 1", () -> world.write(node, ITEM, 1));
            spawn(world, node, "writer 2", () -> world.write(node, ITEM, 2));
            spawn(world, node, "reader", () -> world.read(node, Question.ONE));
            finallyReadTwice(world, node);
        }
    },

    /** One process: one row is written twice, and read in between. */
    TWO_WRITES {
        @Override
        void run(World world) {
            Node node = alone(world);
            world.simulation.branch();
            spawn(world, node, "writer", () -> {
                world.write(node, ITEM, 1);
                world.write(node, ITEM, 1);
            });
            spawn(world, node, "reader", () -> world.read(node, Question.ONE));
            finallyReadTwice(world, node);
        }
    },

    /** One process: another row is written, then the one that two readers of the whole table's log go by, each several times. */
    JUDGED_BY_ONE_LOG {
        @Override
        void run(World world) {
            Node node = alone(world);
            world.read(node, Question.ONE_OF_ALL);
            world.simulation.branch();
            spawn(world, node, "writer", () -> {
                world.write(node, ITEM, 2);
                world.write(node, ITEM, 1);
            });
            for (String reader : new String[] {"reader 1", "reader 2"}) {
                spawn(world, node, reader, () -> {
                    world.read(node, Question.ONE_OF_ALL);
                    world.read(node, Question.ONE_OF_ALL);
                });
            }
        }
    },

    /** Two nodes: one writes, the other reads. */
    TWO_NODES {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.branch();
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            spawn(world, reader, "reader", () -> world.read(reader, Question.ONE));
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: one enlists a table while the other is in a commit decided before. */
    ENLISTING_ON_ANOTHER_NODE {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.simulation.branch();
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            spawn(world, reader, "reader", () -> {
                world.enlist(reader);
                world.read(reader, Question.ONE);
            });
            finallyReadTwice(world, reader);
        }
    },

    /** Three nodes: one takes out what nobody wants, which another one does, and a third writes. */
    TAKING_OUT {
        @Override
        void run(World world) {
            Node operator = world.start("A");
            Node reader = world.start("B");
            // they read the state at different times
            world.simulation.sleep(Duration.ofMillis(400));
            Node writer = world.start("C");
            world.enlist(reader);
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            spawn(world, operator, "operator", () -> {
                world.simulation.sleep(Duration.ofMillis(250L * world.simulation.choose(Choices.Kind.FREE, 4)));
                var gone = operator.coordinator.takeOutUnused(Duration.ofSeconds(30));
                world.simulation.note("has taken out " + gone);
            });
            spawn(world, writer, "writer", () -> {
                for (int i = 0; i < 20; i++) {
                    world.write(writer, ITEM, 1);
                    world.simulation.sleep(Duration.ofMillis(170));
                }
            });
            readsAllTheTime(world, reader, Duration.ofMillis(130), 40);
            finallyReadTwice(world, reader);
        }
    },

    /** One process: two writes of one row, one of which is rolled back, and a reader of the whole table. */
    TRANSACTIONS {
        @Override
        void run(World world) {
            Node node = alone(world);
            world.read(node, Question.ALL);
            world.simulation.branch();
            spawn(world, node, "writer", () -> world.transaction(node, ITEM, 1, Question.ONE, true));
            spawn(world, node, "writer 2", () -> world.transaction(node, ITEM, 2, Question.ALL, false));
            spawn(world, node, "reader", () -> {
                world.read(node, Question.ALL);
                world.read(node, Question.ONE);
            });
            spawn(world, node, "writer", () -> world.write(node, ITEM, 1));
            finallyReadTwice(world, node);
        }
    },

    /** One process: a table is enlisted while a commit on it is under way that was decided before. */
    ENLISTING {
        @Override
        void run(World world) {
            Node node = world.startAlone("A");
            world.simulation.branch();
            spawn(world, node, "writer", () -> world.write(node, ITEM, 1));
            spawn(world, node, "reader", () -> {
                world.enlist(node);
                world.read(node, Question.ONE);
                world.read(node, Question.ONE);
            });
        }
    },

    /** Two nodes: one writes and may crash at any step, the other reads, at once and when the first is gone. */
    CRASH {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.branch();
            world.simulation.mortal("A");
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            spawn(world, reader, "reader", () -> {
                world.read(reader, Question.ONE);
                world.read(reader, Question.ONE);
                for (int i = 0; i < 4; i++) {
                    world.simulation.sleep(Duration.ofMillis(14_500));
                    world.read(reader, Question.ONE);
                }
            });
        }
    },

    /** Two nodes: the beats of the writing one are answered late, then never; it writes as late as it may, and crashes at any step. */
    LATE_ANSWER_AND_CRASH {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            world.simulation.mortal("A");
            world.silenceAfterALateAnswer(writer, Duration.ofSeconds(14));
            spawn(world, writer, "writer", () -> {
                world.simulation.sleep(Duration.ofSeconds(26));
                world.write(writer, ITEM, 1);
            });
            // which has to wait for the other node, so that its beats are looked at
            spawn(world, reader, "renewal", () -> {
                world.simulation.sleep(Duration.ofSeconds(5));
                var unused = reader.coordinator.renewEpoch(Duration.ofMinutes(2));
            });
            readsAllTheTime(world, reader, Duration.ofMillis(1_500), 45);
        }
    },

    /** Two nodes: one writes and may crash at any step, the other reads all the time. */
    CRASH_UNDER_READS {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.branch();
            world.simulation.mortal("A");
            spawn(world, writer, "writer", () -> {
                world.simulation.sleep(Duration.ofSeconds(4));
                world.write(writer, ITEM, 1);
            });
            readsAllTheTime(world, reader, Duration.ofMillis(900), 45);
        }
    },

    /** Two nodes: the store loses what it had, in one way or another, while one writes and the other reads. */
    LOSSES {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.read(reader, Question.ONE);
            world.simulation.branch();
            world.simulation.sleep(Duration.ofSeconds(1));
            SimulatedServer.Snapshot older = world.server.snapshot();
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            Trouble[] losses = {
                Trouble.FLUSHED,
                Trouble.REGISTRIES_EVICTED,
                Trouble.LOGS_EVICTED,
                Trouble.RESTARTED_WITH_OLDER_DATA,
                Trouble.FAIL_OVER_OF_THE_FIRST,
                Trouble.FAIL_OVER_OF_THE_SECOND,
                Trouble.FAIL_OVER_OF_THE_THIRD,
                Trouble.DEMOTED_AND_PROMOTED
            };
            Trouble loss = Trouble.any(world, losses);
            world.simulation.spawn("server", null, true, () -> loss.happen(world, older));
            spawn(world, reader, "reader", () -> {
                world.read(reader, Question.ONE);
                world.read(reader, Question.ONE);
                // by then the registries were made anew
                world.simulation.sleep(Duration.ofSeconds(3));
                world.read(reader, Question.ONE);
                world.read(reader, Question.ONE);
            });
        }
    },

    /** Two nodes: registries are lost, and made anew, while a COMMIT is on its way for long. */
    LOSS_DURING_A_SLOW_COMMIT {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.branch();
            world.database.slow(Duration.ofSeconds(5));
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            world.simulation.spawn("server", null, true, () -> {
                world.simulation.step("the server");
                world.server.evictRegistries();
                world.simulation.note("has lost its registries");
            });
            spawn(world, reader, "reader", () -> {
                world.read(reader, Question.ONE);
                world.simulation.sleep(Duration.ofMillis(2_500));
                world.read(reader, Question.ONE);
            });
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: the writing one stands still for longer than its lease, and goes on. */
    PAUSE {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer);
            world.simulation.branch();
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            world.simulation.spawn("stillness", null, true, () -> {
                world.simulation.step("stillness");
                world.simulation.pause("A");
                world.simulation.sleep(Duration.ofSeconds(40));
                world.simulation.resume("A");
            });
            spawn(world, reader, "reader", () -> {
                world.enlist(reader);
                world.read(reader, Question.ONE);
                world.simulation.sleep(Duration.ofSeconds(20));
                world.read(reader, Question.ONE);
                world.simulation.sleep(Duration.ofSeconds(30));
                world.read(reader, Question.ONE);
                world.read(reader, Question.ONE);
            });
        }
    },

    /** Two nodes: a table is enlisted by one while the other stands still in a commit decided before. */
    PAUSE_WHILE_ENLISTING {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.simulation.branch();
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            world.simulation.spawn("stillness", null, true, () -> {
                world.simulation.step("stillness");
                world.simulation.pause("A");
                world.simulation.sleep(Duration.ofSeconds(50));
                world.simulation.resume("A");
            });
            spawn(world, reader, "reader", () -> {
                world.enlist(reader);
                world.read(reader, Question.ONE);
                world.simulation.sleep(Duration.ofSeconds(60));
                world.read(reader, Question.ONE);
                world.read(reader, Question.ONE);
            });
        }
    },

    /** Two nodes: a table is enlisted by one while the other stands still in a commit decided before, but not for a lease. */
    PAUSE_WHILE_ENLISTING_SHORT {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.simulation.branch();
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            world.simulation.spawn("stillness", null, true, () -> {
                world.simulation.step("stillness");
                world.simulation.pause("A");
                world.simulation.sleep(Duration.ofSeconds(10));
                world.simulation.resume("A");
            });
            spawn(world, reader, "reader", () -> {
                world.enlist(reader);
                for (int i = 0; i < 6; i++) {
                    world.read(reader, Question.ONE);
                    world.simulation.sleep(Duration.ofSeconds(2));
                }
            });
            finallyReadTwice(world, reader);
        }
    },

    /**
     * Two nodes: one is found gone while it stands still between its report and its COMMIT, and reports again when it goes on, while
     * what the other takes away of it is on its way.
     */
    BEGUN_AGAIN {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.database.slow(Duration.ofSeconds(3));
            world.server.slowMessages.put("B", Duration.ofSeconds(1));
            world.simulation.branch();
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            world.simulation.spawn("stillness", null, true, () -> {
                world.simulation.step("stillness");
                world.simulation.pause("A");
                world.simulation.sleep(Duration.ofMillis(45_600));
                world.simulation.resume("A");
            });
            spawn(world, reader, "reader", () -> {
                world.read(reader, Question.ONE);
                world.simulation.sleep(Duration.ofSeconds(45));
                for (int i = 0; i < 8; i++) {
                    world.read(reader, Question.ONE);
                    world.simulation.sleep(Duration.ofMillis(1_100));
                }
            });
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: a COMMIT may go without an answer, and take effect later or never. */
    NO_ANSWER {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.branch();
            world.database.mayLoseConnections();
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            spawn(world, reader, "reader", () -> {
                for (int i = 0; i < 4; i++) {
                    world.read(reader, Question.ONE);
                    world.read(reader, Question.ONE);
                    world.simulation.sleep(Duration.ofSeconds(7));
                }
            });
        }
    },

    /** Two nodes: a statement that commits by itself goes on at the server when its client has crashed or lost it. */
    STATEMENT_WITHOUT_CLIENT {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.branch();
            world.simulation.mortal("A");
            world.database.mayLoseConnections();
            spawn(world, writer, "writer", () -> world.writeAtOnce(writer, ITEM, 1));
            spawn(world, reader, "reader", () -> {
                for (int i = 0; i < 9; i++) {
                    world.read(reader, Question.ONE);
                    world.simulation.sleep(Duration.ofSeconds(10));
                }
            });
        }
    },

    /** Two nodes: the writing one does not reach the store for a while. */
    CUT_OFF {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            world.server.unreachable.add("A");
            spawn(world, writer, "writer", () -> {
                world.write(writer, ITEM, 1);
                world.write(writer, ITEM, 1);
            });
            comesBack(world, Duration.ofSeconds(4));
            readsAllTheTime(world, reader, Duration.ofMillis(700), 12);
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: the store comes back while a cut-off COMMIT is on its way. */
    BACK_DURING_A_COMMIT {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.branch();
            world.database.slow(Duration.ofSeconds(5));
            world.server.unreachable.add("A");
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            comesBack(world, Duration.ofSeconds(2));
            readsAllTheTime(world, reader, Duration.ofSeconds(1), 12);
            finallyReadTwice(world, reader);
        }
    },

    /** Three nodes: two writing ones are cut off, one after the other. */
    TWO_CUT_OFF {
        @Override
        void run(World world) {
            Node first = world.start("A");
            Node second = world.start("C");
            Node reader = world.start("B");
            world.enlist(first, second, reader);
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            world.server.unreachable.addAll(List.of("A", "C"));
            spawn(world, first, "writer", () -> world.write(first, ITEM, 2));
            spawn(world, second, "writer", () -> world.write(second, ITEM, 1));
            comesBack(world, Duration.ofSeconds(3));
            readsAllTheTime(world, reader, Duration.ofMillis(400), 12);
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: the writing one is cut off, and crashes, or loses its connection, at any step. */
    CUT_OFF_AND_CRASHED {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            world.simulation.mortal("A");
            world.database.mayLoseConnections();
            world.server.unreachable.add("A");
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            readsAllTheTime(world, reader, Duration.ofSeconds(7), 14);
        }
    },

    /** Two nodes: one is cut off and writes, the other stands still for longer than its lease, and goes on. */
    CUT_OFF_BESIDE_A_PAUSE {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            world.server.unreachable.add("A");
            world.simulation.spawn("stillness", null, true, () -> {
                world.simulation.step("stillness");
                world.simulation.pause("B");
                world.simulation.sleep(Duration.ofSeconds(50));
                world.simulation.resume("B");
            });
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            comesBack(world, Duration.ofSeconds(45));
            readsAllTheTime(world, reader, Duration.ofMillis(200), 4);
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: one is cut off and writes while the other stands still, which reads as soon as it goes on. */
    CUT_OFF_BESIDE_A_SLEEPER {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.server.unreachable.add("A");
            world.simulation.pause("B");
            world.write(writer, ITEM, 1);
            world.server.unreachable.clear();
            world.simulation.sleep(Duration.ofSeconds(5));
            world.simulation.resume("B");
            world.simulation.branch();
            world.read(reader, Question.ONE);
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: the log forgets a part of what a transaction in flight has told, if it was told in parts. */
    TRIMMED_IN_FLIGHT {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            world.simulation.branch();
            spawn(world, writer, "writer", () -> world.writeBoth(writer, 1, 2, Duration.ofSeconds(6)));
            spawn(world, reader, "others", () -> {
                world.simulation.sleep(Duration.ofSeconds(1));
                for (long id = 3; id < 6; id++) {
                    world.write(reader, ITEM, id);
                }
                world.read(reader, Question.ONE_OF_ALL);
                world.simulation.sleep(Duration.ofSeconds(7));
                world.read(reader, Question.ONE_OF_ALL);
            });
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: a COMMIT takes effect when its node was declared gone, and its answer is lost. */
    ANSWER_LOST_LATE {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.simulation.branch();
            world.database.answersAreLost = true;
            spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
            world.simulation.spawn("stillness", null, true, () -> {
                world.simulation.step("stillness");
                world.simulation.pause("A");
                world.simulation.sleep(Duration.ofSeconds(50));
                world.simulation.resume("A");
            });
            spawn(world, reader, "reader", () -> {
                world.enlist(reader);
                world.read(reader, Question.ONE);
                world.simulation.sleep(Duration.ofSeconds(60));
                world.read(reader, Question.ONE);
                world.read(reader, Question.ONE);
            });
        }
    },

    /** Two nodes: one changes the schema, so that what the other writes has another effect, and reads what it has on. */
    SCHEMA_CHANGE {
        @Override
        void run(World world) {
            Node migrating = world.start("A");
            Node writer = world.start("B");
            world.enlist(migrating, writer);
            world.read(migrating, Question.OTHER);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            spawn(world, migrating, "migration", () -> world.changeSchema(migrating));
            spawn(world, writer, "writer", () -> {
                for (int i = 0; i < 8; i++) {
                    world.write(writer, ITEM, 1);
                    world.simulation.sleep(Duration.ofMillis(400));
                }
            });
            spawn(world, migrating, "reader", () -> {
                for (int i = 0; i < 12; i++) {
                    world.read(migrating, Question.OTHER);
                    world.simulation.sleep(Duration.ofMillis(350));
                }
            });
            world.simulation.spawn(migrating.name + "/last reader", migrating.name, true, () -> {
                world.simulation.awaitOthers();
                world.simulation.sleep(Duration.ofSeconds(3));
                world.read(migrating, Question.OTHER);
                world.simulation.sleep(Duration.ofSeconds(1));
                world.readServed(migrating, Question.OTHER);
            });
        }
    },

    /** Two nodes: the one that changes the schema crashes at any step. */
    SCHEMA_CHANGE_AND_CRASH {
        @Override
        void run(World world) {
            Node migrating = world.start("A");
            Node writer = world.start("B");
            world.enlist(migrating, writer);
            world.read(writer, Question.OTHER);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            world.simulation.mortal("A");
            spawn(world, migrating, "migration", () -> world.changeSchema(migrating));
            spawn(world, writer, "writer", () -> {
                for (int i = 0; i < 6; i++) {
                    world.write(writer, ITEM, 1);
                    world.read(writer, Question.OTHER);
                    world.simulation.sleep(Duration.ofSeconds(1 + i * 8));
                    world.read(writer, Question.OTHER);
                }
            });
        }
    },

    /** Three nodes: one fills for all, or takes longer than it is waited for, or crashes, while another writes. */
    ONE_FILLS_FOR_ALL {
        @Override
        void run(World world) {
            Node slow = world.start("A");
            Node reader = world.start("B");
            Node writer = world.start("C");
            world.enlist(slow, reader, writer);
            for (Node node : List.of(slow, reader, writer)) {
                node.keeping = node.keeping.withLock(true);
            }
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            world.simulation.mortal("A");
            spawn(world, writer, "writer", () -> {
                world.write(writer, ITEM, 1);
                world.simulation.sleep(Duration.ofMillis(20));
                world.write(writer, ITEM, 1);
            });
            spawn(world, slow, "slow reader", () -> {
                world.simulation.sleep(Duration.ofMillis(10));
                Runnable publish = world.ask(slow, Question.ONE);
                world.simulation.sleep(
                        Duration.ofMillis(List.of(30L, 5_000L).get(world.simulation.choose(Choices.Kind.FREE, 2))));
                publish.run();
            });
            for (Node node : List.of(reader, writer)) {
                spawn(world, node, "reader", () -> {
                    world.simulation.sleep(Duration.ofMillis(15));
                    world.read(node, Question.ONE);
                    world.read(node, Question.ONE);
                });
            }
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: what one of them renews is served by others meanwhile, as far as the bound allows. */
    STALE_WITHIN_A_BOUND {
        @Override
        void run(World world) {
            Node writer = world.start("A");
            Node reader = world.start("B");
            world.enlist(writer, reader);
            for (Node node : List.of(writer, reader)) {
                node.keeping = node.keeping.withLock(true).withAllowStale(Duration.ofMillis(500));
            }
            world.read(reader, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.simulation.branch();
            spawn(world, writer, "writer", () -> {
                world.write(writer, ITEM, 1);
                world.simulation.sleep(Duration.ofMillis(1_500));
                world.write(writer, ITEM, 1);
            });
            for (Node node : List.of(reader, reader, writer)) {
                spawn(world, node, "reader", () -> {
                    for (int i = 0; i < 15; i++) {
                        world.readSlowly(node, Question.ONE, Duration.ofMillis(700));
                        world.simulation.sleep(Duration.ofMillis(110));
                    }
                });
            }
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes with near caches: both write, one reads. */
    NEAR {
        @Override
        void run(World world) {
            Node[] nodes = near(world);
            spawn(world, nodes[0], "writer", () -> {
                world.write(nodes[0], ITEM, 1);
                world.simulation.sleep(Duration.ofMillis(30));
                world.read(nodes[0], Question.ONE);
                world.simulation.sleep(Duration.ofMillis(31));
                // just after the other has asked for the heads
                world.write(nodes[0], ITEM, 1);
            });
            spawn(world, nodes[1], "own writer", () -> {
                world.simulation.sleep(Duration.ofMillis(900));
                world.write(nodes[1], ITEM, 1);
                world.read(nodes[1], Question.ONE);
            });
            readsAllTheTime(world, nodes[1], Duration.ofMillis(60), 20);
        }
    },

    /** Two nodes with near caches: the connection of one breaks while the other writes. */
    NEAR_BROKEN {
        @Override
        void run(World world) {
            Node[] nodes = near(world);
            world.simulation.spawn("server", null, true, () -> {
                world.simulation.step("connections break");
                world.server.trackers.forEach(SimulatedTracker::disconnected);
            });
            spawn(world, nodes[0], "writer", () -> {
                world.simulation.sleep(Duration.ofMillis(100));
                world.write(nodes[0], ITEM, 1);
            });
            readsAllTheTime(world, nodes[1], Duration.ofMillis(60), 15);
        }
    },

    /** Two nodes with near caches: both write, and what the server tells arrives later than the bound. */
    NEAR_AND_LATE {
        @Override
        void run(World world) {
            Node[] nodes = near(world);
            world.server.tellingTakes = Duration.ofMillis(700);
            spawn(world, nodes[0], "writer", () -> {
                world.simulation.sleep(Duration.ofMillis(110));
                world.write(nodes[0], ITEM, 1);
            });
            spawn(world, nodes[1], "reader", () -> {
                // what was proved a moment ago has just arrived, what was changed has not
                world.simulation.sleep(Duration.ofMillis(805));
                world.read(nodes[1], Question.ONE);
            });
            spawn(world, nodes[1], "own writer", () -> {
                world.simulation.sleep(Duration.ofMillis(250));
                world.write(nodes[1], ITEM, 2);
                world.read(nodes[1], Question.TWO);
            });
            world.simulation.spawn("server", null, true, () -> {
                world.simulation.sleep(Duration.ofMillis(1_500));
                world.server.tellingTakes = Duration.ZERO;
                world.simulation.sleep(Duration.ofMillis(1_000));
            });
            readsAllTheTime(world, nodes[0], Duration.ofMillis(60), 40);
        }
    },

    /** Two nodes: one waits for what the other fills, which was read before a write that has ended by then. */
    FILL_OVERTAKEN {
        @Override
        void run(World world) {
            Node slow = world.start("A");
            Node reader = world.start("B");
            world.enlist(slow, reader);
            slow.keeping = slow.keeping.withLock(true);
            reader.keeping = reader.keeping.withLock(true);
            world.simulation.branch();
            spawn(world, slow, "slow reader", () -> world.readSlowly(slow, Question.ONE, Duration.ofMillis(60)));
            spawn(world, slow, "writer", () -> {
                world.simulation.sleep(Duration.ofMillis(20));
                world.write(slow, ITEM, 1);
            });
            spawn(world, reader, "reader", () -> {
                world.simulation.sleep(Duration.ofMillis(40));
                world.read(reader, Question.ONE);
            });
            finallyReadTwice(world, reader);
        }
    },

    /** Two nodes: one writes, the other computes a value from two queries of one table. */
    VALUES {
        @Override
        void run(World world) {
            computes(world, Question.ONE_OF_ALL, Question.ALL);
        }
    },

    /** Two nodes: one writes, the other computes a value from queries of two tables. */
    VALUES_OF_TWO_TABLES {
        @Override
        void run(World world) {
            computes(world, Question.ONE, Question.OTHER);
        }
    },

    /** Two nodes: one writes, one reads. */
    A_WRITER_AND_A_READER {
        @Override
        void run(World world) {
            Node[] nodes = writerAndReader(world);
            readsAtLast(world, nodes[2]);
        }
    },

    /** Three nodes: one writes, two read. */
    A_WRITER_AND_TWO_READERS {
        @Override
        void run(World world) {
            Node[] nodes = four(world);
            spawn(world, nodes[0], "writer", () -> world.write(nodes[0], ITEM, 1));
            spawn(world, nodes[1], "reader", () -> world.read(nodes[1], Question.ONE));
            spawn(world, nodes[2], "reader", () -> world.read(nodes[2], Question.ONE));
            readsAtLast(world, nodes[3]);
        }
    },

    /** Three nodes: two write, one reads. */
    TWO_WRITERS_AND_A_READER {
        @Override
        void run(World world) {
            Node[] nodes = four(world);
            spawn(world, nodes[0], "writer", () -> world.write(nodes[0], ITEM, 1));
            spawn(world, nodes[1], "writer", () -> world.write(nodes[1], ITEM, 1));
            spawn(world, nodes[2], "reader", () -> world.read(nodes[2], Question.ONE));
            readsAtLast(world, nodes[3]);
        }
    },

    /** Two nodes: one writes and crashes, the other reads, and the store loses its registries, or its logs. */
    A_CRASH_AND_A_LOSS {
        @Override
        void run(World world) {
            Node[] nodes = writerAndReader(world);
            strikes(world, Trouble.any(world, Trouble.REGISTRIES_EVICTED, Trouble.LOGS_EVICTED));
            strikes(world, Trouble.CRASH_OF_A_NODE);
            readsAtLast(world, nodes[2]);
        }
    },

    /** Two nodes: one writes, the other reads, and one fault strikes. */
    A_FAULT {
        @Override
        void run(World world) {
            Node[] nodes = writerAndReader(world);
            strikesAtMost(world, 1, Trouble.values());
            readsAtLast(world, nodes[2]);
        }
    },

    /** Two nodes: one writes, the other reads, and at most two faults strike, one after the other. */
    TWO_FAULTS {
        @Override
        void run(World world) {
            Node[] nodes = writerAndReader(world);
            strikesAtMost(world, 2, Trouble.values());
            readsAtLast(world, nodes[2]);
        }
    },

    /** Two nodes, all of it at once. */
    EVERYTHING {
        @Override
        void run(World world) {
            Node a = world.start("A");
            Node b = world.start("B");
            world.enlist(a);
            world.simulation.branch();
            world.simulation.mortal("A");
            world.storeMayFail();
            world.database.mayLoseConnections();
            spawn(world, b, "enlister", () -> world.enlist(b));
            for (Node node : new Node[] {a, b}) {
                spawn(world, node, "writer", () -> {
                    world.write(node, ITEM, 1);
                    world.simulation.sleep(Duration.ofSeconds(world.simulation.choose(Choices.Kind.FREE, 10)));
                    world.transaction(node, ITEM, 2, Question.ALL, world.simulation.choose(Choices.Kind.FREE, 2) == 1);
                    world.write(node, OTHER, 1);
                });
                spawn(world, node, "reader", () -> {
                    for (int i = 0; i < 6; i++) {
                        world.read(node, Question.values(world.simulation.choose(Choices.Kind.FREE, 4)));
                        world.simulation.sleep(Duration.ofSeconds(world.simulation.choose(Choices.Kind.FREE, 10)));
                    }
                });
            }
            world.simulation.spawn("trouble", null, true, () -> trouble(world));
        }
    };

    abstract void run(World world);

    /** Runs it once; returns what went wrong, or null. */
    @Nullable
    String play(Choices choices, Bugs bugs, Tally tally) {
        World world = new World(choices, bugs, tally);
        String failure = world.simulation.run(() -> run(world));
        tally.steps += world.simulation.now();
        return failure;
    }

    private static Node alone(World world) {
        Node node = world.startAlone("A");
        world.enlist(node);
        return node;
    }

    /** Both know the row. */
    private static Node[] near(World world) {
        Node[] nodes = {world.startNear("A"), world.startNear("B")};
        world.enlist(nodes);
        for (Question question : List.of(Question.ONE, Question.TWO)) {
            world.read(nodes[1], question);
            world.simulation.sleep(Duration.ofSeconds(1));
            // from now on it is known nearby
            world.read(nodes[1], question);
            world.simulation.sleep(Duration.ofMillis(50));
        }
        world.simulation.branch();
        return nodes;
    }

    private static void computes(World world, Question first, Question second) {
        Node writer = world.start("A");
        Node reader = world.start("B");
        world.enlist(writer, reader);
        world.simulation.branch();
        spawn(world, reader, "reader", () -> world.compute(reader, first, second));
        spawn(world, writer, "writer", () -> world.write(writer, ITEM, 1));
        if (second.rows().contains(World.row(OTHER, 1))) {
            spawn(world, writer, "other writer", () -> world.write(writer, OTHER, 1));
        }
        world.simulation.spawn("B/last reader", "B", true, () -> {
            world.simulation.awaitOthers();
            for (int i = 0; i < 3; i++) {
                world.simulation.sleep(Duration.ofSeconds(1));
                world.compute(reader, first, second);
            }
        });
    }

    private static void spawn(World world, Node node, String thread, Runnable task) {
        world.simulation.spawn(node.name + "/" + thread, node.name, true, task);
    }

    /** When all others have ended: nothing is in the way of a fill any more, and what it publishes is served. */
    private static void finallyReadTwice(World world, Node node) {
        world.simulation.spawn(node.name + "/last reader", node.name, true, () -> {
            world.simulation.awaitOthers();
            world.simulation.sleep(Duration.ofSeconds(20));
            world.read(node, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.readServed(node, Question.ONE);
        });
    }

    private static Node[] four(World world) {
        Node[] nodes = {world.start("A"), world.start("B"), world.start("C"), world.start("D")};
        world.enlist(nodes);
        world.read(nodes[1], Question.ONE);
        world.simulation.sleep(Duration.ofSeconds(1));
        world.simulation.branch();
        return nodes;
    }

    /** When all others have ended, in the one order that comes first. */
    private static void readsAtLast(World world, Node node) {
        world.simulation.spawn(node.name + "/last reader", node.name, true, () -> {
            world.simulation.awaitOthers();
            world.simulation.stopBranching();
            world.read(node, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            long hits = world.tally.hits;
            world.read(node, Question.ONE);
            if (world.tally.hits == hits || world.somethingIsLeftToEnd()) {
                world.simulation.sleep(Duration.ofSeconds(60));
            }
            // a mark that blocks this one is found to be a dead node's after it
            world.read(node, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(3));
            world.read(node, Question.ONE);
            world.simulation.sleep(Duration.ofSeconds(1));
            world.readServed(node, Question.ONE);
        });
    }

    /** The third one is for reading at last. */
    private static Node[] writerAndReader(World world) {
        Node[] nodes = {world.start("A"), world.start("B"), world.start("D")};
        world.enlist(nodes);
        world.read(nodes[1], Question.ONE);
        world.simulation.sleep(Duration.ofSeconds(1));
        world.simulation.branch();
        spawn(world, nodes[0], "writer", () -> world.write(nodes[0], ITEM, 1));
        spawn(world, nodes[1], "reader", () -> world.read(nodes[1], Question.ONE));
        return nodes;
    }

    /** One after the other, whenever they may. */
    private static void strikes(World world, Trouble... troubles) {
        SimulatedServer.Snapshot older = world.server.snapshot();
        world.simulation.spawn(List.of(troubles).toString(), null, true, () -> {
            for (Trouble trouble : troubles) {
                trouble.happen(world, older);
            }
        });
    }

    /**
     * Any of these, at most so many, one after the other, while no time has to pass. Which of them is decided when it strikes, so that
     * what comes before has to be gone through once for all of them.
     */
    private static void strikesAtMost(World world, int most, Trouble... troubles) {
        SimulatedServer.Snapshot older = world.server.snapshot();
        world.simulation.spawn("faults", null, false, () -> {
            List<Trouble> struck = new ArrayList<>();
            for (int left = most; left > 0; left--) {
                world.simulation.remember(left);
                world.simulation.step("a fault", () -> Trouble.anyOf(world, troubles));
                // the last one: that there is none, else time would never pass
                int options = troubles.length + (world.simulation.waitsForTime() ? 1 : 0);
                int chosen =
                        world.simulation.branches() ? world.simulation.choose(Choices.Kind.FREE, options) : options;
                world.simulation.remember(0);
                if (chosen >= troubles.length) {
                    return;
                }
                world.simulation.note("suffers " + troubles[chosen]);
                struck.add(troubles[chosen]);
                world.tally.struck.add(List.copyOf(struck));
                long before = world.simulation.state();
                troubles[chosen].strike(world, older);
                if (world.simulation.state() == before) {
                    // what follows is what follows if nothing strikes
                    world.simulation.giveUp();
                }
            }
        });
    }

    private static void comesBack(World world, Duration after) {
        world.simulation.spawn("network", null, true, () -> {
            world.simulation.sleep(after);
            world.simulation.step("the store is reached again");
            world.server.unreachable.clear();
        });
    }

    private static void readsAllTheTime(World world, Node node, Duration pause, int times) {
        spawn(world, node, "reader", () -> {
            for (int i = 0; i < times; i++) {
                world.read(node, Question.ONE);
                world.simulation.sleep(pause);
            }
        });
    }

    private static void trouble(World world) {
        SimulatedServer.Snapshot older = world.server.snapshot();
        for (int i = 0; i < 4; i++) {
            world.simulation.sleep(Duration.ofSeconds(world.simulation.choose(Choices.Kind.FREE, 8)));
            switch (world.simulation.choose(Choices.Kind.FREE, 5)) {
                case 0 -> {
                    world.simulation.step("stillness");
                    world.simulation.pause("A");
                    world.simulation.sleep(Duration.ofSeconds(1 + 10L * world.simulation.choose(Choices.Kind.FREE, 6)));
                    world.simulation.resume("A");
                }
                case 1 -> {
                    world.simulation.step("another database");
                    world.tables.live = "another " + i;
                }
                default -> Trouble.any(world, Trouble.values()).happen(world, older);
            }
        }
    }
}
