package dev.staleless.benchmarks.speed;

import java.io.PrintStream;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Medians over the rounds of one variant.
 *
 * @param perSecond executions, of all threads together
 * @param cpu nanoseconds on a processor for each execution, in the threads that execute
 * @param bytes allocated for each execution, in the threads that execute
 * @param best nanoseconds: the tenth percentile of the best round, which is what it takes when nothing is in the way
 * @param p50 nanoseconds
 * @param p99 nanoseconds
 * @param ratio of {@code perSecond} to the baseline's of the same round
 */
record Figures(
        String name,
        double perSecond,
        double cpu,
        double bytes,
        double best,
        double p50,
        double p99,
        double ratio,
        double extraCpu) {

    static Figures of(String name, List<Window> windows, List<Window> baseline) {
        double[] ratios = new double[windows.size()];
        double[] extra = new double[windows.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = windows.get(i).perSecond() / baseline.get(i).perSecond();
            extra[i] = windows.get(i).cpuPerOperation() - baseline.get(i).cpuPerOperation();
        }
        return new Figures(
                name,
                median(windows, Window::perSecond),
                median(windows, Window::cpuPerOperation),
                median(windows, Window::bytesPerOperation),
                windows.stream()
                        .mapToDouble(window -> window.quantile(0.1))
                        .min()
                        .orElse(0),
                median(windows, window -> window.quantile(0.5)),
                median(windows, window -> window.quantile(0.99)),
                median(ratios),
                median(extra));
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> of) {
        return median(windows.stream().mapToDouble(of).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static void header(PrintStream out, String what) {
        out.printf(
                "%n%-46s %12s %8s %10s %10s %10s %9s%n",
                what, "per second", "ratio", "p50 us", "p99 us", "cpu us", "bytes");
    }

    void print(PrintStream out) {
        out.printf(
                "%-46s %,12.0f %8.3f %10.2f %10.2f %10.3f %,9.0f%n",
                name, perSecond, ratio, p50 / 1e3, p99 / 1e3, cpu / 1e3, bytes);
    }

    static void print(PrintStream out, String what, List<Figures> figures) {
        header(out, what);
        figures.forEach(each -> each.print(out));
    }
}
