package dev.staleless.testkit.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.testkit.decision.RandomConditions.Sentence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random conditions over random rows on real databases: the truth value that the database computes is one that the decision
 * thinks possible, for an exact image of the row and for images that say less of it.
 */
class ConditionsOnDatabasesTest {

    private static final int ROUNDS = 25;
    private static final int ROWS = 20;
    private static final int CONDITIONS = 40;

    private final long seed = Seeds.seed();

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theTruthOfARandomConditionWasThoughtPossible(Dialect dialect) throws SQLException {
        Oracle exact = new Oracle();
        Oracle blurred = new Oracle();
        for (int round = 0; round < ROUNDS; round++) {
            check(dialect, new Random(seed + round), exact, blurred);
        }
        System.out.printf(
                "%s conditions, seed %d: %d answers, %.0f %% sharp; images that say less: %.0f %% sharp%n",
                dialect, seed, exact.checks(), 100 * exact.sharpness(), 100 * blurred.sharpness());
        assertThat(exact.checks()).isGreaterThan(ROUNDS * ROWS);
        assertThat(exact.sharpness()).isGreaterThan(blurred.sharpness()).isGreaterThan(0.4);
    }

    private void check(Dialect dialect, Random random, Oracle exact, Oracle blurred) throws SQLException {
        Schema schema = Schema.random(dialect, "t", 5, random);
        try (Connection connection = dialect.connect("conditions");
                Statement statement = connection.createStatement()) {
            statement.execute(schema.create());
            Map<Long, Map<String, AbstractValue>> rows = rows(statement, schema, random);
            for (int i = 0; i < CONDITIONS; i++) {
                Sentence sentence = new RandomConditions(schema, 0, "t", random).condition(3);
                Map<Long, Truth> answers = answers(statement, sentence);
                String context = dialect + " -Dtests.seed=" + seed + ": " + sentence.sql();
                Oracle.Question onExact = exact.ask(sentence.condition(), Parameters.NONE, context);
                Oracle.Question onBlurred = blurred.ask(sentence.condition(), Parameters.NONE, context);
                answers.forEach((id, answer) -> {
                    onExact.check(new Image(rows.get(id)), answer);
                    onBlurred.check(new Image(schema.blurred(rows.get(id), random)), answer);
                });
            }
        }
    }

    private static Map<Long, Map<String, AbstractValue>> rows(Statement statement, Schema schema, Random random) {
        Map<Long, Map<String, AbstractValue>> rows = new HashMap<>();
        for (long id = 0; id < ROWS; id++) {
            var row = schema.row(id, random);
            try {
                statement.execute(schema.insert(row));
                rows.put(id, schema.stored(row));
            } catch (SQLException refused) {
                // a value that the column does not take: one row less
                assertThat(refused.getSQLState()).as(refused.getMessage()).startsWith("2");
            }
        }
        return rows;
    }

    private static Map<Long, Truth> answers(Statement statement, Sentence sentence) {
        Map<Long, Truth> answers = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT id, " + sentence.sql() + " FROM t")) {
            while (rows.next()) {
                answers.put(rows.getLong(1), Oracle.truth(rows, 2));
            }
        } catch (SQLException refused) {
            return Map.of(); // values that do not compare: no answer
        }
        return answers;
    }
}
