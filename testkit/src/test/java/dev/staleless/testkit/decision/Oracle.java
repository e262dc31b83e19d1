package dev.staleless.testkit.decision;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what a database computed with what the decision thinks possible: if a condition has some truth value for a row,
 * inserting that row affects the query for the rows that have that truth value.
 */
final class Oracle {

    static final TableName TABLE = new TableName("public", "t");

    private int checks;
    private int sharp;

    /** The truth value of a column of a result. */
    static Truth truth(ResultSet rows, int column) throws SQLException {
        boolean value = rows.getBoolean(column);
        return rows.wasNull() ? Truth.UNKNOWN : value ? Truth.TRUE : Truth.FALSE;
    }

    /** A condition that is asked about many rows. */
    Question ask(Condition condition, Parameters parameters, String context) {
        return new Question(condition, parameters, context);
    }

    final class Question {

        private final Condition condition;
        private final Parameters parameters;
        private final String context;
        private final Query[] queries = new Query[Truth.values().length];

        private Question(Condition condition, Parameters parameters, String context) {
            this.condition = condition;
            this.parameters = parameters;
            this.context = context;
            for (Truth truth : Truth.values()) {
                Condition is = new Condition.Is(condition, truth);
                TableUse use = new TableUse(0, "t", TABLE, ColumnSet.ALL, ColumnSet.ALL, is, Map.of(), null);
                QueryTemplate template =
                        new QueryTemplate(QueryTemplate.Operation.FETCH, List.of(use), parameters.size(), Set.of());
                queries[truth.ordinal()] = new Query(template, "", parameters);
            }
        }

        /** Fails if the database's answer is none that the decision thinks possible. */
        void check(Image image, Truth answer) {
            boolean[] possible = new boolean[queries.length];
            int count = 0;
            for (int i = 0; i < queries.length; i++) {
                possible[i] = Decision.decide(queries[i], ChangeEvent.insert(TABLE, image))
                        .affected();
                count += possible[i] ? 1 : 0;
            }
            if (!possible[answer.ordinal()]) {
                throw new AssertionError("The database says " + answer + ", the decision takes that for impossible: "
                        + condition + " with " + parameters + " for " + image + "; " + context);
            }
            checks++;
            sharp += count == 1 ? 1 : 0;
        }
    }

    int checks() {
        return checks;
    }

    /** Share of the checks in which only the right answer was thought possible. */
    double sharpness() {
        return checks == 0 ? 0 : (double) sharp / checks;
    }
}
