package dev.staleless.benchmarks;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.ColumnType;
import java.util.List;
import java.util.Set;

/** Tables of the catalog that stand in no database. */
final class TableFixture {

    private TableFixture() {}

    /** One table, with its key as partition column; another one for each number. */
    static List<Table> of(int number) {
        ColumnType integer = new ColumnType(ColumnType.Kind.INTEGER, -1, -1, ColumnType.Equality.EXACT);
        Column id = new Column("id", integer, false, false, false);
        return List.of(new Table(
                new TableName("bench", "t" + number), List.of(id), List.of("id"), List.of("id"), List.of(), Set.of()));
    }
}
