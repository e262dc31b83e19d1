package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.sql.LockedRead;
import dev.staleless.sql.RowImages;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds queries whose rows are rows of one table, read under a lock that keeps others from changing them: {@code SELECT a, b FROM t WHERE
 * .. FOR UPDATE}.
 *
 * <p>Both databases return of a row that had to be waited for what it is then, and not what it was in the snapshot: PostgreSQL evaluates
 * the query again over the row that it has locked, InnoDB reads what was committed last. Nothing but columns may be returned (MariaDB
 * returns any row's where something is counted), of one ordinary table without triggers. Not on H2, of which that is not known.
 */
final class LockingReads {

    /** Locks that no UPDATE or DELETE of another transaction goes together with. */
    private static final Set<String> EXCLUSIVE = Set.of("update", "no key update");

    private LockingReads() {}

    /** What the query tells of the rows that it locks; null if it locks none, or tells nothing that is sure. */
    static @Nullable LockedRead find(Query query, Catalog catalog, SqlDialect dialect) {
        if (dialect == SqlDialect.H2
                || query.with() != null
                || query.locking().size() != 1
                || !EXCLUSIVE.contains(query.locking().get(0).strength())
                || !(query.body() instanceof Query.Select select)
                || !isPlain(select)
                || !(select.from().get(0) instanceof TableRef.Table from)) {
            return null;
        }
        Table table = Tables.resolve(from.name(), catalog);
        String alias = alias(from);
        List<Name> of = query.locking().get(0).of();
        boolean locked = of.isEmpty() || of.size() == 1 && of.get(0).text().equals(alias);
        return table == null || alias == null || !locked || !isOrdinary(table) ? null : rows(select, table, alias);
    }

    private static boolean isPlain(Query.Select select) {
        return !select.distinct()
                && select.distinctOn().isEmpty()
                && select.into() == null
                && select.from().size() == 1
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.windows().isEmpty();
    }

    private static boolean isOrdinary(Table table) {
        return table.traits().isEmpty()
                && table.overlaps().isEmpty()
                && !table.primaryKey().isEmpty();
    }

    /** Null if it gives other names to the columns. */
    private static @Nullable String alias(TableRef.Table from) {
        if (from.alias() == null) {
            return from.name().get(from.name().size() - 1).text();
        }
        return from.alias().columns().isEmpty() ? from.alias().name().text() : null;
    }

    private static @Nullable LockedRead rows(Query.Select select, Table table, String alias) {
        List<RowImages.Cell> cells = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (Query.Item item : select.items()) {
            Column column = column(item.expr(), table, alias);
            if (column == null) {
                return null;
            }
            found.add(column.name());
            if (ReturnedRows.isReturned(column.type().kind())) {
                cells.add(new RowImages.Cell(found.size(), RowImages.Part.OLD, column.name(), column.type()));
            }
        }
        boolean keyed = table.primaryKey().stream()
                .allMatch(key -> cells.stream().anyMatch(cell -> cell.column().equals(key)));
        return keyed ? new LockedRead(table.name(), table.primaryKey(), cells) : null;
    }

    private static @Nullable Column column(Expr expr, Table table, String alias) {
        if (!(expr instanceof Expr.Column column)) {
            return null;
        }
        List<Name> parts = column.parts();
        boolean qualified = parts.size() == 2 && parts.get(0).text().equals(alias);
        return qualified || parts.size() == 1
                ? table.column(parts.get(parts.size() - 1).text())
                : null;
    }
}
