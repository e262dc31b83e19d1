package dev.staleless.jdbc.computed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.admission.Restless;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random values and writes; the database is the judge. */
class ComputedStalenessTest {
    private static final long SEED = Long.getLong("tests.seed", 20261124L);
    private static final int STEPS = Integer.getInteger("tests.steps", 200);

    /** Within so many steps each fault has shown itself. */
    private static final int ENOUGH = 600;

    @Test
    void nothingStaleIsServed() throws Exception {
        try (ValuesDatabase database = new ValuesDatabase(PlantedFault.NONE, Interleaving.DDL);
                Interleaving interleaving = new Interleaving(database, PlantedFault.NONE, SEED)) {
            assertThat(interleaving.run(STEPS)).as("seed %s", SEED).isEmpty();
            assertThat(interleaving.served()).isGreaterThan(STEPS / 6);
        }
    }

    @Test
    void nothingStaleIsServedWhereQueriesAreLeftToTheDatabase() throws Exception {
        try (ValuesDatabase database = new ValuesDatabase(PlantedFault.NONE, Interleaving.DDL, Restless.shapes());
                Interleaving interleaving = new Interleaving(database, PlantedFault.NONE, SEED)) {
            assertThat(interleaving.run(STEPS)).as("seed %s", SEED).isEmpty();
            assertThat(interleaving.served()).isGreaterThan(STEPS / 6);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void eachPlantedFaultIsFound(PlantedFault fault) throws Exception {
        try (ValuesDatabase database = new ValuesDatabase(fault, Interleaving.DDL);
                Interleaving interleaving = new Interleaving(database, fault, SEED)) {
            assertThat(interleaving.run(ENOUGH)).as("seed %s", SEED).isNotEmpty();
        }
    }
}
