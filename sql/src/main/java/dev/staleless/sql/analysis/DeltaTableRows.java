package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.RowImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Row images by H2's delta tables: {@code SELECT .. FROM OLD TABLE (statement)}, or {@code FINAL TABLE} for an INSERT. The statement
 * is carried out to its end before a row is read. Of an UPDATE the old row says more than the new one: it was locked as such, and
 * the statement tells what it assigns.
 */
final class DeltaTableRows implements RowImages {

    private final Table table;
    private final String statement;
    private final String command;
    private final String opening;
    private final String sql;
    private final RowsOfItsOwn rows;

    private DeltaTableRows(SingleChange change, List<Column> columns, List<Effect> effects) {
        this.table = change.table();
        this.statement = change.text();
        this.command = change.command();
        List<@Nullable String> names = new ArrayList<>();
        names.add(null); // the count
        StringBuilder list = new StringBuilder("SELECT COUNT(*) OVER ()");
        for (Column column : columns) {
            names.add(column.name());
            list.append(", ").append(ReturnedRows.quoted(column.name()));
        }
        this.rows = new RowsOfItsOwn(table, effects, names, true);
        this.opening = list + " FROM " + (command.equals("INSERT") ? "FINAL" : "OLD") + " TABLE (";
        this.sql = change.head() + opening + change.body() + ") FETCH FIRST " + (MAX_ROWS + 1) + " ROWS ONLY";
    }

    /** Null if nothing of the rows can be told. */
    static @Nullable RowImages of(SingleChange change, List<Effect> effects) {
        List<Column> columns = ReturnedRows.columns(change.table(), Set.of());
        return columns.isEmpty() || change.command().equals("MERGE")
                ? null
                : new DeltaTableRows(change, columns, effects);
    }

    @Override
    public TableName table() {
        return table.name();
    }

    @Override
    public Set<TableName> tables() {
        return Set.of(table.name());
    }

    @Override
    public boolean cascades() {
        return false;
    }

    @Override
    public RowImages withoutCascades() {
        return this;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public String statement() {
        return statement;
    }

    @Override
    public int shift() {
        return opening.length();
    }

    @Override
    public String command() {
        return command;
    }

    @Override
    public int sources() {
        return 1;
    }

    @Override
    public List<Cell> cells(int source) {
        return rows.cells();
    }

    @Override
    public @Nullable List<ChangeEvent> events(Parameters parameters, List<Returned> returned, boolean undisturbed) {
        if (returned.stream().anyMatch(row -> row.count() > MAX_ROWS)) {
            return null;
        }
        List<List<@Nullable Object>> values = new ArrayList<>();
        returned.forEach(row -> values.add(row.values()));
        return rows.events(parameters, values);
    }
}
