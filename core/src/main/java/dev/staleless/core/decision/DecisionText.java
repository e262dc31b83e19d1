package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the decision goes by, in words for people. */
public final class DecisionText {

    private DecisionText() {}

    /** The condition that a row must satisfy to take part in a query, close to SQL; long ones are cut. */
    public static String condition(TableUse use, Parameters parameters) {
        Condition condition = use.condition();
        if (condition.equals(Condition.TRUE)) {
            return "every row";
        }
        String text = new ConditionText(use, parameters).of(condition);
        boolean inParentheses = condition instanceof Condition.And || condition instanceof Condition.Or;
        return inParentheses ? text.substring(1, text.length() - 1) : text;
    }

    /** What is known of a change: {@code update of the row with id = 7 to status = 'paid', changes status}. */
    public static String change(ChangeEvent event) {
        return switch (event.kind()) {
            case INSERT -> "insert of " + row(event.after());
            case DELETE -> "delete of " + row(event.before());
            case TRUNCATE -> "truncate";
            case ANY -> "any change";
            case UPDATE -> "update of " + row(event.before()) + " to " + row(event.after()) + changed(event);
        };
    }

    private static String row(@Nullable Image image) {
        if (image == null) {
            return "nothing";
        }
        StringJoiner values = new StringJoiner(", ", "a row with ", "");
        values.setEmptyValue("a row of which nothing is known");
        for (String column : new TreeSet<>(image.values().keySet())) {
            AbstractValue value = image.get(column);
            if (!(value instanceof AbstractValue.Unknown)) {
                values.add(column + ConditionText.of(value));
            }
        }
        return values.toString();
    }

    private static String changed(ChangeEvent event) {
        return event.changed().names() == null
                ? ", any column may have changed"
                : ", changes " + String.join(", ", new TreeSet<>(event.changed().names()));
    }
}
