package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.condition.Operand;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.Statement.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of an INSERT: for each column a constant, or {@link Operand#UNKNOWN}. */
final class InsertedRows {

    private final Table table;
    private final List<Target> columns;
    private final String overriding;
    private final Set<String> altered;
    private final @Nullable Query source;

    private InsertedRows(
            Table table, List<Target> columns, String overriding, Set<String> altered, @Nullable Query source) {
        this.table = table;
        this.columns = columns.isEmpty() ? allColumns(table) : columns;
        this.overriding = overriding;
        this.altered = altered;
        this.source = source;
    }

    /** @param altered the columns in which something else may be stored than the statement says */
    InsertedRows(Table table, Statement.Insert insert, Set<String> altered) {
        this(table, insert.columns(), insert.overriding(), altered, insert.source());
    }

    /** The rows of an INSERT in a MERGE. */
    static Map<String, Operand> merged(Table table, Statement.MergeWhen when, Set<String> altered) {
        Expr.Row values = when.values();
        return new InsertedRows(table, when.columns(), when.overriding(), altered, null)
                .row(values == null ? List.of() : values.fields());
    }

    private static List<Target> allColumns(Table table) {
        List<Target> all = new ArrayList<>();
        for (Column column : table.columns()) {
            all.add(new Target(new Name(column.name(), true), List.of(), List.of()));
        }
        return all;
    }

    /** One for each row of VALUES; one for all rows of a query. */
    List<Map<String, Operand>> rows() {
        if (source == null) {
            return List.of(row(List.of()));
        }
        List<Map<String, Operand>> rows = new ArrayList<>();
        if (source.body() instanceof Query.Values values) {
            values.rows().forEach(row -> rows.add(row(row.fields())));
        } else {
            rows.add(selected(source));
        }
        return rows;
    }

    /** Constants in the list of results are the same in each row. */
    private Map<String, Operand> selected(Query source) {
        boolean plain = source.body() instanceof Query.Select select
                && select.items().size() <= columns.size()
                && select.items().stream().noneMatch(item -> isStar(item.expr()));
        if (plain) {
            return row(((Query.Select) source.body())
                    .items().stream().map(Query.Item::expr).toList());
        }
        Map<String, Operand> row = row(List.of());
        columns.forEach(column -> row.put(column.column().text(), Operand.UNKNOWN));
        return row;
    }

    private static boolean isStar(Expr expr) {
        return expr instanceof Expr.Star || expr instanceof Expr.FieldStar;
    }

    /** A row whose first columns get these values, and the others their defaults. */
    private Map<String, Operand> row(List<Expr> values) {
        Map<String, Operand> row = new HashMap<>();
        for (Column column : table.columns()) {
            row.put(column.name(), Assignments.defaultOf(column));
        }
        Scope none = new Scope(null);
        for (int i = 0; i < Math.min(values.size(), columns.size()); i++) {
            Target target = columns.get(i);
            row.put(target.column().text(), Assignments.value(table, target, values.get(i), none));
        }
        for (Column column : table.columns()) {
            // OVERRIDING USER VALUE: an identity column gets its own value all the same
            if (altered.contains(column.name()) || overriding.equals("user") && column.hasDefault()) {
                row.put(column.name(), Operand.UNKNOWN);
            }
        }
        return row;
    }
}
