package dev.staleless.jdbc.result;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/**
 * Result set metadata that forwards every call to another one.
 */
public abstract class ForwardingMetaData implements ResultSetMetaData {
    /** A call on the other one. */
    @FunctionalInterface
    protected interface Call<T> {
        T on(ResultSetMetaData metaData) throws SQLException;
    }

    /** The one calls are forwarded to. */
    protected abstract ResultSetMetaData delegate() throws SQLException;

    /** Makes a call on the other one. */
    protected <T> T ask(Call<T> call) throws SQLException {
        return call.on(delegate());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : ask(metaData -> metaData.unwrap(type));
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || ask(metaData -> metaData.isWrapperFor(type));
    }

    @Override
    public int getColumnCount() throws SQLException {
        return ask(metaData -> metaData.getColumnCount());
    }

    @Override
    public boolean isAutoIncrement(int index) throws SQLException {
        return ask(metaData -> metaData.isAutoIncrement(index));
    }

    @Override
    public boolean isCaseSensitive(int index) throws SQLException {
        return ask(metaData -> metaData.isCaseSensitive(index));
    }

    @Override
    public boolean isSearchable(int index) throws SQLException {
        return ask(metaData -> metaData.isSearchable(index));
    }

    @Override
    public boolean isCurrency(int index) throws SQLException {
        return ask(metaData -> metaData.isCurrency(index));
    }

    @Override
    public int isNullable(int index) throws SQLException {
        return ask(metaData -> metaData.isNullable(index));
    }

    @Override
    public boolean isSigned(int index) throws SQLException {
        return ask(metaData -> metaData.isSigned(index));
    }

    @Override
    public int getColumnDisplaySize(int index) throws SQLException {
        return ask(metaData -> metaData.getColumnDisplaySize(index));
    }

    @Override
    public String getColumnLabel(int index) throws SQLException {
        return ask(metaData -> metaData.getColumnLabel(index));
    }

    @Override
    public String getColumnName(int index) throws SQLException {
        return ask(metaData -> metaData.getColumnName(index));
    }

    @Override
    public String getSchemaName(int index) throws SQLException {
        return ask(metaData -> metaData.getSchemaName(index));
    }

    @Override
    public int getPrecision(int index) throws SQLException {
        return ask(metaData -> metaData.getPrecision(index));
    }

    @Override
    public int getScale(int index) throws SQLException {
        return ask(metaData -> metaData.getScale(index));
    }

    @Override
    public String getTableName(int index) throws SQLException {
        return ask(metaData -> metaData.getTableName(index));
    }

    @Override
    public String getCatalogName(int index) throws SQLException {
        return ask(metaData -> metaData.getCatalogName(index));
    }

    @Override
    public int getColumnType(int index) throws SQLException {
        return ask(metaData -> metaData.getColumnType(index));
    }

    @Override
    public String getColumnTypeName(int index) throws SQLException {
        return ask(metaData -> metaData.getColumnTypeName(index));
    }

    @Override
    public boolean isReadOnly(int index) throws SQLException {
        return ask(metaData -> metaData.isReadOnly(index));
    }

    @Override
    public boolean isWritable(int index) throws SQLException {
        return ask(metaData -> metaData.isWritable(index));
    }

    @Override
    public boolean isDefinitelyWritable(int index) throws SQLException {
        return ask(metaData -> metaData.isDefinitelyWritable(index));
    }

    @Override
    public String getColumnClassName(int index) throws SQLException {
        return ask(metaData -> metaData.getColumnClassName(index));
    }
}
