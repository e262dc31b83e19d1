package dev.staleless.jdbc.admission;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.protocol.Admission;
import java.time.Duration;

/** Shapes that are taken out of the cache and put back all the time, whatever is measured. */
public final class Restless {

    private static final AdmissionSettings SETTINGS =
            new AdmissionSettings(2, 4, Duration.ofDays(-1), -1e9, Duration.ZERO, Duration.ZERO, 1e9, 2);

    private Restless() {}

    public static Shapes shapes() {
        return Shapes.create(Admission.ADAPTIVE, SETTINGS, Clock.system());
    }
}
