package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for a changed row among the rows of a cached result, by columns whose values are shown there. Immutable. */
final class Sight {

    private final Map<String, Contribution.Shown> columns;
    private final List<String> key;

    /** Number of columns of the result. */
    private final int width;

    private final String[] names;
    private final Contribution.Shown[] shown;

    private Sight(Map<String, Contribution.Shown> columns, List<String> key, int width) {
        this.columns = columns;
        this.key = key;
        this.width = width;
        List<Map.Entry<String, Contribution.Shown>> sorted = new ArrayList<>(columns.entrySet());
        sorted.sort(
                Comparator.comparing((Map.Entry<String, Contribution.Shown> column) -> !key.contains(column.getKey()))
                        .thenComparing(Map.Entry::getKey));
        names = sorted.stream().map(Map.Entry::getKey).toArray(String[]::new);
        shown = sorted.stream().map(Map.Entry::getValue).toArray(Contribution.Shown[]::new);
    }

    /** Where the row itself is seen. */
    static Sight ofRow(Contribution contribution, int width) {
        return new Sight(contribution.shown(), contribution.key(), width);
    }

    /** Where that is seen which the row adds to. */
    static Sight besideRow(Contribution contribution, int width) {
        return new Sight(contribution.beside(), List.of(), width);
    }

    /**
     * Whether a row of the result may come from a combination in which the changed row takes part, as it is on one side of the
     * change: none does if each row of the result differs surely from it in some shown column.
     */
    boolean mayShow(IndexedRows rows, Logic logic, ChangeEvent event, boolean after) {
        int size = rows.size(width);
        if (size <= 0) {
            return size < 0;
        }
        int exact = 0;
        for (int i = 0; i < names.length; i++) {
            AbstractValue value = logic.known(event, after, names[i]);
            ColumnIndex index =
                    value instanceof AbstractValue.Unknown ? null : rows.index(shown[i].position(), shown[i].type());
            if (index != null && !index.mayHold(value)) {
                return false;
            }
            exact += index != null && canonical(shown[i].type(), value) != null ? 1 : 0;
        }
        return exact < 2 || mayShowTogether(rows, logic, event, after);
    }

    /** Looks at the rows that may have the rarest of the values that are known. */
    private boolean mayShowTogether(IndexedRows rows, Logic logic, ChangeEvent event, boolean after) {
        int rarest = -1;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < names.length; i++) {
            Object canonical = canonical(shown[i].type(), logic.known(event, after, names[i]));
            ColumnIndex index = canonical == null ? null : rows.index(shown[i].position(), shown[i].type());
            int count = index == null || canonical == null ? Integer.MAX_VALUE : index.count(canonical);
            if (count < fewest) {
                rarest = i;
                fewest = count;
            }
        }
        Object value = canonical(shown[rarest].type(), logic.known(event, after, names[rarest]));
        ColumnIndex index = rows.index(shown[rarest].position(), shown[rarest].type());
        if (value == null || index == null) {
            return true;
        }
        for (int row = index.first(value); row >= 0; row = index.next(row)) {
            if (mayHaveAll(row, rows, logic, event, after)) {
                return true;
            }
        }
        for (int row = index.firstUnknown(); row >= 0; row = index.next(row)) {
            if (mayHaveAll(row, rows, logic, event, after)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayHaveAll(int row, IndexedRows rows, Logic logic, ChangeEvent event, boolean after) {
        for (int i = 0; i < names.length; i++) {
            Object canonical = canonical(shown[i].type(), logic.known(event, after, names[i]));
            ColumnIndex index = canonical == null ? null : rows.index(shown[i].position(), shown[i].type());
            if (index != null && canonical != null && !index.mayHave(row, canonical)) {
                return false;
            }
        }
        return true;
    }

    /** A row of the result that surely shows the one row that an UPDATE changes, as it was before; -1 if there is none. */
    int find(IndexedRows rows, Logic logic, ChangeEvent event) {
        if (key.isEmpty() || rows.size(width) <= 0) {
            return -1;
        }
        Object first = canonical(shown[0].type(), logic.known(event, false, names[0]));
        ColumnIndex index = first == null ? null : rows.index(shown[0].position(), shown[0].type());
        if (first == null || index == null) {
            return -1;
        }
        for (int row = index.first(first); row >= 0; row = index.next(row)) {
            if (hasKey(row, rows, logic, event)) {
                return row;
            }
        }
        return -1;
    }

    /** Whether a row of the result surely shows the values of the key that a row has which comes. */
    boolean showsKey(IndexedRows rows, Logic logic, ChangeEvent event) {
        if (key.size() != 1 || rows.size(width) <= 0) {
            return false;
        }
        Object canonical = canonical(shown[0].type(), logic.known(event, true, names[0]));
        ColumnIndex index = canonical == null ? null : rows.index(shown[0].position(), shown[0].type());
        return index != null && canonical != null && index.first(canonical) >= 0;
    }

    private boolean hasKey(int row, IndexedRows rows, Logic logic, ChangeEvent event) {
        for (int i = 1; i < key.size(); i++) {
            Object canonical = canonical(shown[i].type(), logic.known(event, false, names[i]));
            ColumnIndex index = canonical == null ? null : rows.index(shown[i].position(), shown[i].type());
            if (index == null || canonical == null || !index.has(row, canonical)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a row of the result shows in a column surely the very value that the changed row has after the change, so that
     * nothing tells the two apart: not only equal to the database, but stored and returned alike.
     */
    boolean shows(int row, String column, IndexedRows rows, Logic logic, ChangeEvent event) {
        Contribution.Shown seen = columns.get(column);
        if (seen == null || !seen.itself() || !Values.isIdentity(seen.type())) {
            return false;
        }
        AbstractValue value = logic.known(event, true, column);
        ColumnIndex index = rows.index(seen.position(), seen.type());
        if (index == null || !(value instanceof AbstractValue.Exact exact)) {
            return false;
        }
        if (exact.value() == null) {
            return index.isNull(row);
        }
        Object canonical = Values.canonical(seen.type(), exact.value());
        return canonical != null && index.has(row, canonical);
    }

    private static @Nullable Object canonical(ColumnType type, AbstractValue value) {
        return value instanceof AbstractValue.Exact exact && exact.value() != null
                ? Values.canonical(type, exact.value())
                : null;
    }
}
