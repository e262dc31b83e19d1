package dev.staleless.benchmarks.differential;

import dev.staleless.sql.RowImages;
import dev.staleless.sql.RowImages.Returning;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that was executed, and what is reported of it.
 *
 * @param reported by each judge
 * @param rows how many the database says were changed
 * @param images whether the database returned them
 */
record Execution(FuzzStatement statement, List<Judge.Reported> reported, int rows, boolean images) {

    /** How its row images are asked for; null for not at all. */
    private static @Nullable Returning way(Choices choices) {
        return switch (choices.below(3)) {
            case 0 -> null;
            case 1 -> Returning.BOTH;
            default -> Returning.ONE;
        };
    }

    /** Whether the database surely has changed no row: of TRUNCATE, and of what is nested, it says nothing. */
    boolean isNothing() {
        return rows == 0
                && !statement.constructs().contains("TRUNCATE")
                && !statement.constructs().contains("writing CTE");
    }

    /** Makes a change, executes it in one of the ways, and lets the judges report it; null if the database refuses it. */
    static @Nullable Execution of(Choices choices, FuzzSchema schema, Oracle oracle, List<Judge> judges)
            throws SQLException {
        FuzzStatement statement = WriteGrammar.make(choices, schema);
        Returning way = way(choices);
        RowImages images = way == null || !schema.target().features().contains(Feature.ROW_IMAGES)
                ? null
                : judges.get(0).images(statement, way);
        List<Judge.Reported> reported = new ArrayList<>();
        if (images == null) {
            int changed = oracle.attempt(statement);
            if (changed < 0) {
                return null;
            }
            judges.forEach(judge -> reported.add(judge.change(statement, changed)));
            return new Execution(statement, reported, changed, false);
        }
        byte[] returned = oracle.attempt(statement, images.sql());
        if (returned == null) {
            return null;
        }
        judges.forEach(judge -> reported.add(judge.change(statement, images, returned)));
        return new Execution(statement, reported, judges.get(0).count(returned), true);
    }
}
