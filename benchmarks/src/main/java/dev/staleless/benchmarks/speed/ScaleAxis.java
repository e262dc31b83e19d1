package dev.staleless.benchmarks.speed;

import java.util.List;

/**
 * What is made larger and larger, while the cost of a hit and of a write is measured.
 *
 * @param key names the chart and the values of the result line
 * @param across what is made larger, with its unit
 * @param log whether the chart's axis is logarithmic
 * @param rising whether what is measured is to rise with it: then the vertical axis is logarithmic
 */
record ScaleAxis(String key, String title, String across, boolean log, boolean rising, Steps steps) {

    /** Measures at each size, the smallest first. */
    @FunctionalInterface
    interface Steps {
        List<Step> measure() throws Exception;
    }

    /** What was measured at one size. The first is the baseline. */
    record Step(double size, List<Figures> figures) {}

    Chart chart(List<Step> measured) {
        List<Chart.Line> lines = java.util.stream.IntStream.range(
                        0, measured.get(0).figures().size())
                .mapToObj(i -> new Chart.Line(
                        measured.get(0).figures().get(i).name(),
                        measured.stream()
                                .map(step -> new Chart.Point(
                                        step.size(), step.figures().get(i).best() / 1e3))
                                .toList()))
                .toList();
        return new Chart(title, across, "time (of the best round), us", log, rising, lines);
    }

    /** How many times more one of what is measured takes at the largest size than at the smallest, by the best rounds. */
    static double growth(List<Step> measured, int line) {
        return measured.get(measured.size() - 1).figures().get(line).best()
                / measured.get(0).figures().get(line).best();
    }
}
