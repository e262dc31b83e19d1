package dev.staleless.sql.analysis;

import dev.staleless.core.query.ResultForm.SortKey;
import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.OrderItem;
import dev.staleless.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first keys of ORDER BY, up to one that is not a column shown in the result, or of which it is not sure how it sorts. */
final class SortKeys {

    private final Query query;
    private final Query.Select select;
    private final Scope scope;
    private final List<Scope.@Nullable Resolved> columns;
    private final SqlDialect dialect;

    SortKeys(
            Query query, Query.Select select, Scope scope, List<Scope.@Nullable Resolved> columns, SqlDialect dialect) {
        this.query = query;
        this.select = select;
        this.scope = scope;
        this.columns = columns;
        this.dialect = dialect;
    }

    List<SortKey> known() {
        List<SortKey> keys = new ArrayList<>();
        for (OrderItem item : query.orderBy()) {
            SortKey key = key(item);
            if (key == null) {
                break;
            }
            keys.add(key);
        }
        return keys;
    }

    private @Nullable SortKey key(OrderItem item) {
        Scope.Resolved column = resolve(item.expr());
        boolean descending = item.direction().equals("desc");
        boolean plain =
                descending || item.direction().equals("asc") || item.direction().isEmpty();
        int position = column == null ? -1 : position(column);
        if (column == null
                || !plain
                || position < 0
                || isSortedByItsStart(column.column().type())) {
            return null;
        }
        Boolean nullsFirst = item.nullsFirst();
        if (nullsFirst == null) {
            nullsFirst = nullsFirst(descending, column.column().nullable());
        }
        return nullsFirst == null
                ? null
                : new SortKey(
                        column.source().index(),
                        column.column().name(),
                        column.column().type(),
                        position,
                        descending,
                        nullsFirst);
    }

    /** Of texts and bytes MariaDB looks at the first max_sort_length bytes alone; those that come later count for nothing. */
    private boolean isSortedByItsStart(ColumnType type) {
        return dialect == SqlDialect.MARIADB
                && switch (type.kind()) {
                    case TEXT, FIXED_TEXT, FOLDED_TEXT, BYTES -> true;
                    default -> false;
                };
    }

    /** Where NULLs stand if the statement does not say; null if that depends on a setting. */
    private @Nullable Boolean nullsFirst(boolean descending, boolean nullable) {
        return switch (dialect) {
            case POSTGRESQL -> (Boolean) descending;
            case MARIADB -> (Boolean) !descending;
            case H2 -> nullable ? null : (Boolean) false;
        };
    }

    /** ORDER BY names a column of the result by its number or its label, before it names one of a table. */
    private Scope.@Nullable Resolved resolve(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            return literal.kind() == Expr.LiteralKind.NUMBER ? numbered(literal.text()) : null;
        }
        if (!(expr instanceof Expr.Column column)) {
            return null;
        }
        if (column.parts().size() > 1) {
            return scope.resolve(column);
        }
        String name = column.parts().get(0).text();
        Expr labelled = null;
        for (Query.Item item : select.items()) {
            String label = ResultColumns.name(item);
            if (label != null && label.equalsIgnoreCase(name)) {
                if (labelled != null) {
                    return null;
                }
                labelled = item.expr();
            }
        }
        if (labelled == null) {
            return scope.resolve(column);
        }
        boolean star = select.items().stream().anyMatch(item -> item.expr() instanceof Expr.Star);
        return !star && labelled instanceof Expr.Column shown ? scope.resolve(shown) : null;
    }

    private Scope.@Nullable Resolved numbered(String number) {
        if (number.length() > 4 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int index = Integer.parseInt(number) - 1;
        return index >= 0 && index < columns.size() ? columns.get(index) : null;
    }

    private int position(Scope.Resolved column) {
        for (int i = 0; i < columns.size(); i++) {
            Scope.Resolved shown = columns.get(i);
            if (shown != null && ResultView.same(shown, column)) {
                return i;
            }
        }
        return -1;
    }
}
