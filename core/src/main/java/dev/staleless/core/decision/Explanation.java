package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Why a change affects a query, in words: the occurrence of the table, the side of the change, the row and the condition. */
final class Explanation {

    private static final int MAX_COLUMNS = 8;

    private Explanation() {}

    static String of(Query query, TableUse use, ChangeEvent event) {
        String occurrence = use.alias().equals(use.table().name())
                ? use.table().toString()
                : use.table() + " (" + use.alias() + ")";
        return switch (event.kind()) {
            case TRUNCATE -> occurrence + " was truncated";
            case ANY -> "anything may have changed in " + occurrence;
            case INSERT -> occurrence + ": the inserted row " + row(query, use, event, true);
            case DELETE -> occurrence + ": the deleted row " + row(query, use, event, false);
            case UPDATE -> {
                boolean before = takesPart(query, use, event, false);
                boolean after = takesPart(query, use, event, true);
                String side = before && after ? "" : before ? " as it was before" : " as it is after";
                yield occurrence + ": the updated row" + side + " " + row(query, use, event, !before)
                        + changed(use, event);
            }
        };
    }

    private static boolean takesPart(Query query, TableUse use, ChangeEvent event, boolean after) {
        BoundCondition condition = new Binder(use.index(), query.parameters()).bind(use.condition());
        return (condition.truths(Logic.STANDARD, event, after) & Logic.TRUE) != 0;
    }

    private static String row(Query query, TableUse use, ChangeEvent event, boolean after) {
        ConditionText text = new ConditionText(use, query.parameters());
        String condition = use.condition().equals(Condition.TRUE)
                ? "is read, whatever it holds"
                : "can satisfy " + text.of(use.condition());
        StringJoiner values = new StringJoiner(", ", "[", "] ");
        values.setEmptyValue("");
        int columns = 0;
        for (String column : new TreeSet<>(text.columns())) {
            AbstractValue value = Logic.STANDARD.known(event, after, column);
            if (!(value instanceof AbstractValue.Unknown) && columns++ < MAX_COLUMNS) {
                values.add(column + ConditionText.of(value));
            }
        }
        return values + condition;
    }

    private static String changed(TableUse use, ChangeEvent event) {
        if (event.changed().names() == null) {
            return ", and any column may have changed";
        }
        StringJoiner names = new StringJoiner(", ", ", and the query reads what was changed: ", "");
        for (String column : new TreeSet<>(event.changed().names())) {
            if (use.columnsRead().contains(column)) {
                names.add(column);
            }
        }
        return names.toString();
    }
}
