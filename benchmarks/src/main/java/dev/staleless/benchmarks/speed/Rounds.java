package dev.staleless.benchmarks.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Measures variants of one piece of work in turns, A B A B, and gives for each the median of its rounds.
 *
 * <p>A machine that does other work as well changes its speed from one moment to the next. What is compared is therefore measured
 * within the same seconds, and compared round by round.
 */
final class Rounds {

    /** One execution of what is measured. */
    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }

    /** Makes the operation of one thread. */
    @FunctionalInterface
    interface Work {
        Operation on(int thread) throws Exception;
    }

    /** Something to measure under a name. */
    record Variant(String name, Work work) {}

    /** Each thread keeps at most this many latencies of a round. */
    private static final int SAMPLES = 1 << 16;

    private final int threads;
    private final int rounds;
    private final long nanos;
    private final int batch;

    /**
     * How to measure.
     *
     * @param millis of each variant in each round
     * @param batch executions between two looks at the clock
     */
    Rounds(int threads, int rounds, long millis, int batch) {
        this.threads = threads;
        this.rounds = rounds;
        this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        this.batch = batch;
    }

    /** Measures; the first variant is what the others are compared with. Two rounds go before that do not count. */
    List<Figures> measure(List<Variant> variants) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<List<Operation>> operations = new ArrayList<>();
            for (Variant variant : variants) {
                List<Operation> ofVariant = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    ofVariant.add(variant.work().on(i));
                }
                operations.add(ofVariant);
            }
            List<List<Window>> windows = new ArrayList<>();
            variants.forEach(variant -> windows.add(new ArrayList<>()));
            for (int round = -2; round < rounds; round++) {
                for (int i = 0; i < variants.size(); i++) {
                    Window window = window(executor, operations.get(i));
                    if (round >= 0) {
                        windows.get(i).add(window);
                    }
                }
            }
            List<Figures> figures = new ArrayList<>();
            for (int i = 0; i < variants.size(); i++) {
                figures.add(Figures.of(variants.get(i).name(), windows.get(i), windows.get(0)));
            }
            return figures;
        } finally {
            executor.shutdownNow();
        }
    }

    private Window window(ExecutorService executor, List<Operation> operations) throws Exception {
        List<Future<Window>> parts = new ArrayList<>();
        for (Operation operation : operations) {
            parts.add(executor.submit((Callable<Window>) () -> loop(operation)));
        }
        List<Window> done = new ArrayList<>();
        for (Future<Window> part : parts) {
            done.add(part.get());
        }
        return Window.together(done);
    }

    private Window loop(Operation operation) throws Exception {
        long[] latencies = new long[SAMPLES];
        int sampled = 0;
        long count = 0;
        ThreadCosts before = ThreadCosts.now();
        long start = System.nanoTime();
        long last = start;
        while (last - start < nanos) {
            for (int i = 0; i < batch; i++) {
                operation.run();
            }
            long now = System.nanoTime();
            if (sampled < SAMPLES) {
                latencies[sampled++] = (now - last) / batch;
            }
            last = now;
            count += batch;
        }
        ThreadCosts costs = ThreadCosts.now().since(before);
        return new Window(count, last - start, costs.cpuNanos(), costs.bytes(), Arrays.copyOf(latencies, sampled), 1);
    }
}
