package dev.staleless.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two of the faults of {@code ./staleless bench chaos}, once each: two JVMs, a real PostgreSQL, a real Redis. */
class ChaosTest {

    private static final String FAULTS = "with old data,a node is killed";

    @Test
    void nothingIsStaleAndNoReadFailsWhileServersAndNodesFail() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            int exit = new ChaosBench().run(List.of("--seconds=0", "--topology=standalone", "--faults=" + FAULTS), out);
            String report = bytes.toString(StandardCharsets.UTF_8);
            assertThat(exit).as(report).isZero();
            assertThat(report)
                    .contains("RESULT chaos faults=2 ")
                    .endsWith(" stale=0 failed_reads=0 lost_invalidations=0" + System.lineSeparator());
        }
    }
}
