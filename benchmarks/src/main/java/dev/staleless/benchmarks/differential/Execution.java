package dev.staleless.benchmarks.differential;

import dev.staleless.sql.RowImages;
import dev.staleless.sql.RowImages.Returning;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that was executed, and what is reported of it: of one statement, or of several that are reported together as those of
 * a transaction are.
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
                && !statement.constructs().contains("REFRESH")
                && !statement.constructs().contains("writing CTE");
    }

    /** Makes a change, executes it in one of the ways, and lets the judges report it; null if the database refuses it. */
    static @Nullable Execution of(Choices choices, FuzzSchema schema, Oracle oracle, List<Judge> judges)
            throws SQLException {
        int kind = choices.below(20);
        if (kind < 16) {
            return single(choices, WriteGrammar.make(choices, schema), schema, oracle, judges);
        }
        return kind == 16 ? batch(choices, schema, oracle, judges) : several(choices, schema, oracle, judges);
    }

    private static @Nullable Execution single(
            Choices choices, FuzzStatement statement, FuzzSchema schema, Oracle oracle, List<Judge> judges)
            throws SQLException {
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

    /** One statement with several sets of parameters. */
    private static @Nullable Execution batch(Choices choices, FuzzSchema schema, Oracle oracle, List<Judge> judges)
            throws SQLException {
        FuzzStatement statement = WriteGrammar.make(choices, schema);
        List<Execution> executed = new ArrayList<>();
        int count = 2 + choices.below(2);
        for (int i = 0; i < count; i++) {
            FuzzStatement next = i == 0 ? statement : statement.with(otherParameters(choices, schema, statement));
            Execution one = single(choices, next, schema, oracle, judges);
            if (one != null) {
                executed.add(one);
            }
        }
        return together("batch", executed, judges, false);
    }

    private static List<Object> otherParameters(Choices choices, FuzzSchema schema, FuzzStatement statement) {
        List<Object> others = new ArrayList<>();
        for (Object parameter : statement.parameters()) {
            List<Object> candidates = new ArrayList<>(List.of(parameter));
            for (FuzzType type : schema.target().types()) {
                for (FuzzValue value : type.stored()) {
                    if (value.parameter().getClass() == parameter.getClass()) {
                        candidates.add(value.parameter());
                    }
                }
            }
            others.add(choices.pick(candidates));
        }
        return others;
    }

    /** Statements of which, by the table, one event tells, or each its own. */
    private static @Nullable Execution several(Choices choices, FuzzSchema schema, Oracle oracle, List<Judge> judges)
            throws SQLException {
        List<Execution> executed = new ArrayList<>();
        boolean summarised = choices.chance(70);
        int count = 2 + choices.below(4);
        for (int i = 0; i < count; i++) {
            Execution one = single(choices, WriteGrammar.make(choices, schema), schema, oracle, judges);
            if (one != null) {
                executed.add(one);
            }
        }
        return together(summarised ? "summary of several" : "several at once", executed, judges, summarised);
    }

    private static @Nullable Execution together(
            String construct, List<Execution> executed, List<Judge> judges, boolean summarised) {
        if (executed.isEmpty()) {
            return null;
        }
        List<Judge.Reported> reported = new ArrayList<>();
        for (int i = 0; i < judges.size(); i++) {
            int judge = i;
            List<Judge.Reported> parts =
                    executed.stream().map(each -> each.reported().get(judge)).toList();
            reported.add(judges.get(i).together(parts, summarised));
        }
        FuzzStatement all = FuzzStatement.joined(
                construct, executed.stream().map(Execution::statement).toList());
        int rows = executed.stream().mapToInt(each -> each.isNothing() ? 0 : 1).sum();
        return new Execution(all, reported, rows, executed.stream().anyMatch(Execution::images));
    }
}
