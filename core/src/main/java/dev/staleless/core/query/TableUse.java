package dev.staleless.core.query;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence (alias) of a table in a query.
 *
 * @param index position in {@link QueryTemplate#uses()}, to which {@link Operand.Column#use()} refers
 * @param alias as the statement names it; for explanations only
 * @param columnsRead at least every column of the table that the query reads through this occurrence, named or not
 * @param membershipColumns at least every column that decides which rows take part and where: columns in conditions, join
 *     conditions, grouping, ordering, DISTINCT, under an aggregate or window function, and the primary key
 * @param condition holds for every row of this occurrence that can take part in the result; columns of other occurrences
 *     are unknown in it
 * @param pins columns that are equal to one of the listed constants in every row that can take part
 * @param contribution how its rows get into the result, for occurrences of the block that makes it and for some others; null
 *     if nothing is known of it
 * @param referrals what foreign keys tell of its rows
 * @param filters where its columns are named; null if that is not known
 */
public record TableUse(
        int index,
        String alias,
        TableName table,
        ColumnSet columnsRead,
        ColumnSet membershipColumns,
        Condition condition,
        Map<String, Pin> pins,
        @Nullable Contribution contribution,
        Referrals referrals,
        @Nullable Filters filters) {

    /** One of which nothing is known of what refers to its rows, nor where its columns are named. */
    public TableUse(
            int index,
            String alias,
            TableName table,
            ColumnSet columnsRead,
            ColumnSet membershipColumns,
            Condition condition,
            Map<String, Pin> pins,
            @Nullable Contribution contribution) {
        this(index, alias, table, columnsRead, membershipColumns, condition, pins, contribution, Referrals.NONE, null);
    }

    /**
     * Constants ({@link dev.staleless.core.decision.Constants#isConstant}), one of which the column equals, and the column's type.
     */
    public record Pin(dev.staleless.core.value.ColumnType type, List<Operand> values) {
        public Pin {
            values = List.copyOf(values);
        }
    }

    public TableUse {
        pins = Map.copyOf(pins);
    }
}
