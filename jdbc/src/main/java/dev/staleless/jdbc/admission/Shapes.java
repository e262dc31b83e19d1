package dev.staleless.jdbc.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.coordination.Clock;
import dev.staleless.core.protocol.Admission;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query texts whose executions are measured: those that were asked lately. One that is forgotten begins anew. Safe for any thread. */
public final class Shapes {

    private static final int MOST = 10_000;

    private final AdmissionSettings settings;
    private final Clock clock;
    private final boolean always;
    private final Cache<String, Shape> shapes =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    private Shapes(AdmissionSettings settings, Clock clock, boolean always) {
        this.settings = settings;
        this.clock = clock;
        this.always = always;
    }

    /** @param admission of all texts for which no profile says {@link Admission#ALWAYS} */
    public static Shapes create(Admission admission, AdmissionSettings settings, Clock clock) {
        return new Shapes(settings, clock, admission == Admission.ALWAYS);
    }

    /** The shape of a text, as it enters the keys of results. */
    public Shape of(String sql) {
        Shape known = shapes.getIfPresent(sql);
        return known != null ? known : shapes.get(sql, text -> new Shape(text, settings, clock, always));
    }

    /** What was measured of a text; null if nothing was. */
    public @Nullable ShapeReport report(String sql) {
        Shape known = shapes.getIfPresent(sql);
        return known == null ? null : known.report();
    }

    /** What was measured of all, those on which most time was spent first. */
    public List<ShapeReport> reports() {
        return shapes.asMap().values().stream()
                .map(Shape::report)
                .sorted(Comparator.comparingDouble(Shapes::time).reversed())
                .toList();
    }

    private static double time(ShapeReport report) {
        double asked = (double) report.absent() + report.changed() + report.uncached();
        return asked * report.databaseNanos() + (double) report.hits() * report.hitNanos();
    }

    /** The clock by which executions are timed. */
    public Clock clock() {
        return clock;
    }
}
