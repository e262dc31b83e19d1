package dev.staleless.benchmarks.differential;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.testkit.server.MariaDbServer;
import java.util.List;

/** {@link FuzzContract} on MariaDB. */
class MariaDbFuzzTest extends FuzzContract {

    MariaDbFuzzTest() {
        super(110, 1_500);
    }

    @Override
    FuzzDatabase open() {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        return FuzzDatabase.mariadb(MariaDbServer.shared(), false);
    }

    @Override
    List<String> found() {
        return List.of(
                "the row before an UPDATE is not looked at",
                "an occurrence in a sub-query is overlooked",
                "every condition is a conjunct");
    }
}
