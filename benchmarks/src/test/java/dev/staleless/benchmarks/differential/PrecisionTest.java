package dev.staleless.benchmarks.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.testkit.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of {@link PrecisionBench}, held. */
class PrecisionTest {

    /** How many results may be dropped without need. To be lowered whenever they are fewer; never to be raised. */
    private static final int MOST_NEEDLESS = 4;

    private static FuzzDatabase database;
    private static Area area;

    @BeforeAll
    static void open() throws Exception {
        database = FuzzDatabase.postgres(PostgresServer.shared(), false);
        area = database.area("precision", 0);
    }

    @AfterAll
    static void close() throws Exception {
        area.close();
        database.close();
    }

    @Test
    void nothingIsKeptThatChangedAndLittleIsDroppedThatDidNot() throws Exception {
        PrecisionTable.Counts ours = new PrecisionTable.Counts();
        PrecisionTable.Counts simple = new PrecisionTable.Counts();
        for (String name : Domain.NAMES) {
            PrecisionTable table = PrecisionTable.of(Domain.read(name), area);
            assertThat(table.stale()).as(name).isEmpty();
            assertThat(table.passedThrough()).as(name).hasSizeLessThanOrEqualTo(1);
            ours.add(table.counts().get(PrecisionTable.IMAGES));
            simple.add(table.counts().get(SimplePolicy.BY_EQUALITIES.title()));
        }
        assertThat(ours.needed).as("results that changed").isGreaterThan(150);
        assertThat(ours.needless).as("dropped without need").isLessThanOrEqualTo(MOST_NEEDLESS);
        assertThat(simple.needless)
                .as("dropped without need by a simpler policy")
                .isGreaterThan(4 * ours.needless);
    }

    @Test
    void everyDomainHasItsQueriesAndWrites() {
        for (String name : Domain.NAMES) {
            Domain domain = Domain.read(name);
            List<String> queries =
                    domain.queries().stream().map(FuzzStatement::describe).toList();
            assertThat(queries).as(name).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
            assertThat(domain.writes()).as(name).hasSizeGreaterThanOrEqualTo(40);
        }
    }
}
