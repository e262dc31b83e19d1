package dev.staleless.core.protocol.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a scenario again and again with other choices. A scenario returns what went wrong, or null. */
final class Exploration {

    private Exploration() {}

    /** @param complete whether every combination within the bounds was tried */
    record Result(int runs, boolean complete, @Nullable String failure) {}

    /** Every combination of choices with at most so many preemptions and faults, depth first. */
    static Result exhaust(int preemptions, int faults, int maxRuns, Function<Choices, @Nullable String> scenario) {
        DepthFirst choices = new DepthFirst(preemptions, faults);
        int runs = 0;
        do {
            choices.restart();
            String failure = scenario.apply(choices);
            runs++;
            if (failure != null) {
                return new Result(runs, false, "run " + runs + ", choices " + choices + "\n" + failure);
            }
            if (runs == maxRuns) {
                return new Result(runs, false, null);
            }
        } while (choices.next());
        return new Result(runs, true, null);
    }

    /** Random choices from seeds that follow one another. */
    static Result random(
            long firstSeed, int runs, double preemption, double fault, Function<Choices, @Nullable String> scenario) {
        for (int run = 0; run < runs; run++) {
            long seed = firstSeed + run;
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            Choices choices = (kind, options) -> {
                double probability = switch (kind) {
                    case PREEMPTION -> preemption;
                    case FAULT -> fault;
                    case FREE -> 1;
                };
                if (random.nextDouble() >= probability) {
                    return 0;
                }
                return kind == Choices.Kind.FREE ? random.nextInt(options) : 1 + random.nextInt(options - 1);
            };
            String failure = scenario.apply(choices);
            if (failure != null) {
                return new Result(run + 1, false, "seed " + seed + "\n" + failure);
            }
        }
        return new Result(runs, false, null);
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

        private final int preemptions;
        private final int faults;
        private final List<Point> points = new ArrayList<>();
        private int depth;
        private int preemptionsLeft;
        private int faultsLeft;

        DepthFirst(int preemptions, int faults) {
            this.preemptions = preemptions;
            this.faults = faults;
        }

        void restart() {
            depth = 0;
            preemptionsLeft = preemptions;
            faultsLeft = faults;
        }

        @Override
        public int choose(Kind kind, int options) {
            int left = kind == Kind.PREEMPTION ? preemptionsLeft : kind == Kind.FAULT ? faultsLeft : 1;
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
            if (point.chosen > 0 && kind == Kind.PREEMPTION) {
                preemptionsLeft--;
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
