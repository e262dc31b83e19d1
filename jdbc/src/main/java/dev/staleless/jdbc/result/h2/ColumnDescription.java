package dev.staleless.jdbc.result.h2;

import org.h2.result.ResultInterface;
import org.h2.value.TypeInfo;
import org.jspecify.annotations.Nullable;

/** What the driver tells of a result's column. */
record ColumnDescription(
        String alias,
        @Nullable String schema,
        @Nullable String table,
        @Nullable String column,
        TypeInfo type,
        boolean identity,
        int nullable) {

    static ColumnDescription of(ResultInterface result, int index) {
        return new ColumnDescription(
                result.getAlias(index),
                result.getSchemaName(index),
                result.getTableName(index),
                result.getColumnName(index),
                result.getColumnType(index),
                result.isIdentity(index),
                result.getNullable(index));
    }
}
