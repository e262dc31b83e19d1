package dev.staleless.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a scenario again and again with other choices. A scenario returns what went wrong, or null. */
final class Exploration {

    private Exploration() {}

    /**
     * What came of it.
     *
     * @param states told apart; 0 if they are not
     * @param complete whether everything within the bounds was tried
     */
    record Result(
            int runs,
            int states,
            boolean complete,
            @Nullable String failure) {}

    /** Every combination of choices with at most so many switches and faults that are not forced, depth first. */
    static Result exhaust(int switches, int faults, int maxRuns, Function<Choices, @Nullable String> scenario) {
        DepthFirst choices = new DepthFirst(switches, faults);
        int runs = 0;
        do {
            choices.restart();
            String failure = scenario.apply(choices);
            runs++;
            if (failure != null) {
                return new Result(runs, 0, false, "run " + runs + ", choices " + choices + "\n" + failure);
            }
            if (runs == maxRuns) {
                return new Result(runs, 0, false, null);
            }
        } while (choices.next());
        return new Result(runs, 0, true, null);
    }

    /** Every state that can be reached, and every way out of each. */
    static Result everything(int maxRuns, Function<Choices, @Nullable String> scenario) {
        return everything(new StateSearch(), maxRuns, scenario);
    }

    static Result everything(StateSearch choices, int maxRuns, Function<Choices, @Nullable String> scenario) {
        int runs = 0;
        do {
            choices.restart();
            String failure = scenario.apply(choices);
            runs++;
            if (failure != null) {
                return new Result(
                        runs, choices.states(), false, "run " + runs + ", choices " + choices + "\n" + failure);
            }
            if (runs == maxRuns) {
                return new Result(runs, choices.states(), !choices.advance(), null);
            }
        } while (choices.advance());
        return new Result(runs, choices.states(), true, null);
    }

    /** Random choices from seeds that follow one another. */
    static Result random(
            long firstSeed, int runs, double change, double fault, Function<Choices, @Nullable String> scenario) {
        for (int run = 0; run < runs; run++) {
            long seed = firstSeed + run;
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            Choices choices = (kind, options) -> {
                double probability = switch (kind) {
                    case SWITCH -> change;
                    case FAULT -> fault;
                    case FREE -> 1;
                };
                if (options == 1 || random.nextDouble() >= probability) {
                    return 0;
                }
                return kind == Choices.Kind.FREE ? random.nextInt(options) : 1 + random.nextInt(options - 1);
            };
            String failure = scenario.apply(choices);
            if (failure != null) {
                return new Result(run + 1, 0, false, "seed " + seed + "\n" + failure);
            }
        }
        return new Result(runs, 0, false, null);
    }

    private static final class DepthFirst implements Choices {

        private static final class Point {
            final Kind kind;
            final int options;
            int chosen;

            Point(Kind kind, int options) {
                this.kind = kind;
                this.options = options;
            }
        }

        private final int switches;
        private final int faults;
        private final List<Point> points = new ArrayList<>();
        private int depth;
        private int switchesLeft;
        private int faultsLeft;

        DepthFirst(int switches, int faults) {
            this.switches = switches;
            this.faults = faults;
        }

        void restart() {
            depth = 0;
            switchesLeft = switches;
            faultsLeft = faults;
        }

        @Override
        public int choose(Kind kind, int options) {
            int left = kind == Kind.SWITCH ? switchesLeft : kind == Kind.FAULT ? faultsLeft : 1;
            if (options == 1 || left == 0) {
                return 0;
            }
            if (depth == points.size()) {
                points.add(new Point(kind, options));
            }
            Point point = points.get(depth++);
            if (point.kind != kind || point.options != options) {
                throw new IllegalStateException("the scenario is not deterministic");
            }
            if (point.chosen > 0 && kind == Kind.SWITCH) {
                switchesLeft--;
            } else if (point.chosen > 0 && kind == Kind.FAULT) {
                faultsLeft--;
            }
            return point.chosen;
        }

        boolean next() {
            while (!points.isEmpty()) {
                Point last = points.get(points.size() - 1);
                if (++last.chosen < last.options) {
                    return true;
                }
                points.remove(points.size() - 1);
            }
            return false;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            points.subList(0, depth).forEach(point -> text.append(point.chosen));
            return text.toString();
        }
    }
}
