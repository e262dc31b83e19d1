package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key that acts when rows of the referred table are deleted, or when their referred columns are updated.
 *
 * <p>The rows of the child that it changes are those whose columns equal the old values of the referred ones: the database finds
 * them by these when the statement has ended, in their latest version. So what is known of the referred columns before the change
 * is known of the child's row, too, and none of them is NULL.
 *
 * @param action what it does to the child's rows
 * @param written the child's columns that may get other values, where it updates them
 * @param afterDelete what the deletion of the child's rows brings with it
 * @param afterUpdate what the update of the child's rows brings with it
 */
record Branch(
        Reference reference,
        Table parent,
        Table child,
        boolean onDelete,
        Action action,
        Set<String> written,
        Spread afterDelete,
        Spread afterUpdate) {

    Branch {
        written = Set.copyOf(written);
    }

    void follow(ChangeEvent cause, List<ChangeEvent> into) {
        if (!onDelete && reference.columns().stream().noneMatch(cause.changed()::contains)) {
            return; // the key stayed what it was
        }
        Image before = before(cause.before());
        if (onDelete && action == Action.CASCADE || action == Action.UNKNOWN) {
            ChangeEvent deleted = ChangeEvent.delete(child.name(), before);
            into.add(deleted);
            afterDelete.follow(deleted, into);
        }
        if (!onDelete || action != Action.CASCADE) {
            Image after = after(before, cause.after());
            ChangeEvent updated = ChangeEvent.update(child.name(), before, after, ColumnSet.of(written));
            into.add(updated);
            afterUpdate.follow(updated, into);
        }
    }

    private Image before(@Nullable Image referred) {
        Map<String, AbstractValue> values = new HashMap<>();
        for (int i = 0; i < reference.columns().size(); i++) {
            AbstractValue known = referred == null
                    ? AbstractValue.NOT_NULL
                    : carried(i, referred.get(reference.columns().get(i)), true);
            values.put(reference.childColumns().get(i), known);
        }
        return new Image(values);
    }

    private Image after(Image before, @Nullable Image referred) {
        Map<String, AbstractValue> values = new HashMap<>(before.values());
        values.keySet().removeAll(written);
        for (String name : action == Action.CASCADE ? reference.childColumns() : reference.set()) {
            Column column = child.column(name);
            if (column == null || column.computed() || !written.contains(name)) {
                continue;
            }
            if (action == Action.SET_NULL || action == Action.SET_DEFAULT && !column.hasDefault()) {
                values.put(name, AbstractValue.NULL);
            } else if (action == Action.CASCADE && referred != null) {
                int index = reference.childColumns().indexOf(name);
                values.put(name, carried(index, referred.get(reference.columns().get(index)), false));
            }
        }
        return new Image(values);
    }

    /**
     * What is known of a referring column that equals a referred one, or gets its value. Only what holds in the types of both is
     * carried over: equal values of one kind have one canonical form.
     */
    private AbstractValue carried(int index, AbstractValue value, boolean refers) {
        AbstractValue unknown = refers ? AbstractValue.NOT_NULL : AbstractValue.UNKNOWN;
        Column column = child.column(reference.childColumns().get(index));
        Column referred = parent.column(reference.columns().get(index));
        if (column == null || referred == null || !isCarried(column.type(), referred.type(), refers)) {
            return unknown;
        }
        if (value instanceof AbstractValue.Exact exact) {
            return exact.value() == null && refers ? unknown : value;
        }
        return value instanceof AbstractValue.OneOf ? value : unknown;
    }

    private static boolean isCarried(ColumnType column, ColumnType referred, boolean refers) {
        boolean canonical = column.kind() == referred.kind()
                && Values.hasCanonicalForm(column)
                && Values.hasCanonicalForm(referred);
        boolean unchanged = column.kind() == ColumnType.Kind.INTEGER || column.equals(referred);
        return canonical && (refers || unchanged);
    }
}
