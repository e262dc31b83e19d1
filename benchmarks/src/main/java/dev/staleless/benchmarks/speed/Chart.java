package dev.staleless.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A line chart as SVG: axes with their names, ticks and grid lines, a legend with each line's last value.
 *
 * @param across name and unit of the horizontal axis
 * @param up name and unit of the vertical axis
 * @param logAcross whether equal distances are equal factors: then every value must be positive
 * @param logUp the same, upwards; otherwise the axis begins at zero
 */
record Chart(String title, String across, String up, boolean logAcross, boolean logUp, List<Line> lines) {

    /** A line through points, in the order of their first coordinate. */
    record Line(String name, List<Point> points) {}

    record Point(double x, double y) {}

    private static final int WIDTH = 760;
    private static final int HEIGHT = 430;
    private static final int LEFT = 80;
    private static final int TOP = 50;
    private static final int RIGHT = 200;
    private static final int BOTTOM = 60;

    /** Told apart by those who see no red or no green as well (Okabe and Ito). */
    private static final List<String> COLOURS = List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7");

    private static final String FONT = "font-family=\"sans-serif\"";

    /** One axis: what its values are, and where they stand. */
    private record Scale(double least, double most, boolean log, double from, double to) {

        static Scale of(List<Line> lines, ToDoubleFunction<Point> value, boolean log, double from, double to) {
            double least = Double.MAX_VALUE;
            double most = 0;
            for (Line line : lines) {
                for (Point point : line.points()) {
                    least = Math.min(least, value.applyAsDouble(point));
                    most = Math.max(most, value.applyAsDouble(point));
                }
            }
            if (log) {
                double low = Math.pow(10, Math.floor(Math.log10(least) + 1e-9));
                double high = Math.pow(10, Math.ceil(Math.log10(most) - 1e-9));
                return new Scale(low, Math.max(high, low * 10), true, from, to);
            }
            double step = step(most);
            return new Scale(0, Math.max(step, Math.ceil(most / step) * step), false, from, to);
        }

        double at(double value) {
            double share = log ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
            return from + share * (to - from);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            double step = log ? 10 : step(most);
            for (double tick = least; tick <= most * 1.000_001; tick = log ? tick * step : tick + step) {
                ticks.add(tick);
            }
            return ticks;
        }

        /** One, two or five times a power of ten, of which four to ten fit. */
        private static double step(double most) {
            double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-9))));
            double times = most / power;
            return times < 2 ? power / 5 : times < 5 ? power / 2 : power;
        }
    }

    /** The whole file. */
    String toSvg() {
        Scale x = Scale.of(lines, Point::x, logAcross, LEFT, WIDTH - RIGHT);
        Scale y = Scale.of(lines, Point::y, logUp, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT);
        add(svg, "<title>%s</title>", escaped(title));
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
        text(svg, LEFT, 28, "start", 16, "#111111", title);
        for (double tick : x.ticks()) {
            line(svg, x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM, "#dddddd");
            text(svg, x.at(tick), HEIGHT - BOTTOM + 18, "middle", 12, "#333333", number(tick));
        }
        for (double tick : y.ticks()) {
            line(svg, LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), "#dddddd");
            text(svg, LEFT - 8, y.at(tick) + 4, "end", 12, "#333333", number(tick));
        }
        line(svg, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "#333333");
        line(svg, LEFT, TOP, LEFT, HEIGHT - BOTTOM, "#333333");
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 16, "middle", 13, "#111111", across + scale(logAcross));
        upwards(svg);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), i, x, y);
        }
        return svg.append("</svg>\n").toString();
    }

    private static String scale(boolean log) {
        return log ? " (logarithmic)" : " (linear)";
    }

    private void upwards(StringBuilder svg) {
        int middle = (TOP + HEIGHT - BOTTOM) / 2;
        add(
                svg,
                "<text x=\"20\" y=\"%d\" transform=\"rotate(-90 20 %d)\" text-anchor=\"middle\" font-size=\"13\""
                        + " fill=\"#111111\" %s>%s</text>",
                middle,
                middle,
                FONT,
                escaped(up + scale(logUp)));
    }

    private static void draw(StringBuilder svg, Line line, String colour, int number, Scale x, Scale y) {
        StringBuilder path = new StringBuilder();
        for (Point point : line.points()) {
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.at(point.x()), y.at(point.y())));
            add(
                    svg,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s: %s</title></circle>",
                    x.at(point.x()),
                    y.at(point.y()),
                    colour,
                    escaped(line.name()),
                    number(point.y()));
        }
        add(
                svg,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
                path.toString().strip(),
                colour);
        int at = TOP + 14 + 40 * number;
        int left = WIDTH - RIGHT + 16;
        add(
                svg,
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>",
                left,
                at,
                left + 22,
                at,
                colour);
        text(svg, left + 28, at + 4, "start", 12, "#111111", line.name());
        double last = line.points().get(line.points().size() - 1).y();
        text(svg, left + 28, at + 20, "start", 11, "#555555", "last: " + number(last));
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        add(svg, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, colour);
    }

    private static void text(
            StringBuilder svg, double x, double y, String anchor, int size, String colour, String text) {
        add(
                svg,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\" %s>%s</text>",
                x,
                y,
                anchor,
                size,
                colour,
                FONT,
                escaped(text));
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** With three digits that count, and thousands apart. */
    private static String number(double value) {
        if (value >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
