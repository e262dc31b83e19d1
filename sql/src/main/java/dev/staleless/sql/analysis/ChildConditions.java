package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Comparison;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What conditions on the referred columns of a row say of the rows that refer to it: they are equal in these columns. Only
 * equalities and IN lists with constants are carried over, and only between columns of the same kind of type.
 */
record ChildConditions(Reference reference, Table child, Table parent) {

    List<Condition> of(List<Condition> conditions) {
        List<Condition> carried = new ArrayList<>();
        conditions.forEach(condition -> carry(condition, carried));
        return carried;
    }

    private void carry(Condition condition, List<Condition> into) {
        if (condition instanceof Condition.And and) {
            and.parts().forEach(part -> carry(part, into));
        } else if (condition instanceof Condition.In in) {
            Operand.Column column = referring(in.operand());
            if (column != null && in.values().stream().allMatch(Operands::isConstant)) {
                into.add(new Condition.In(column, in.values()));
            }
        } else if (condition instanceof Comparison comparison && comparison.operator() == Operator.EQUAL) {
            equality(comparison.left(), comparison.right(), into);
            equality(comparison.right(), comparison.left(), into);
        }
    }

    private void equality(Operand referred, Operand constant, List<Condition> into) {
        Operand.Column column = referring(referred);
        if (column != null && Operands.isConstant(constant)) {
            into.add(new Comparison(Operator.EQUAL, column, constant));
        }
    }

    /** The child's column that refers to a column of the changed row. */
    private Operand.@Nullable Column referring(Operand operand) {
        if (!(operand instanceof Operand.Column column) || column.use() != 0) {
            return null;
        }
        int index = reference.columns().indexOf(column.column());
        Column found = index < 0 ? null : child.column(reference.childColumns().get(index));
        Column referred = parent.column(column.column());
        if (found == null || referred == null || !isCarried(found.type(), referred.type())) {
            return null;
        }
        return new Operand.Column(0, found.name(), found.type());
    }

    private static boolean isCarried(ColumnType one, ColumnType other) {
        return one.kind() == other.kind()
                && (one.kind() == ColumnType.Kind.INTEGER || one.kind() == ColumnType.Kind.UUID);
    }
}
