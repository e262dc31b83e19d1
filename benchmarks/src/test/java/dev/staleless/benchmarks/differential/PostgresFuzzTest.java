package dev.staleless.benchmarks.differential;

import dev.staleless.testkit.server.PostgresServer;
import java.util.List;

/** {@link FuzzContract} on PostgreSQL, on which nearly every planted bug has to show. */
class PostgresFuzzTest extends FuzzContract {

    PostgresFuzzTest() {
        super(1, 12_000);
    }

    @Override
    FuzzDatabase open() {
        return FuzzDatabase.postgres(PostgresServer.shared(), false);
    }

    @Override
    List<String> found() {
        return PlantedFaults.oftenFound();
    }
}
