package dev.staleless.jdbc.connection;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * A connection that forwards every call to another one. Long because the interface is: each method is one line.
 */
abstract class ForwardingConnection implements Connection {
    /** The one calls are forwarded to. */
    abstract Connection delegate() throws SQLException;

    @Override
    public Statement createStatement() throws SQLException {
        return delegate().createStatement();
    }

    @Override
    public PreparedStatement prepareStatement(String name) throws SQLException {
        return delegate().prepareStatement(name);
    }

    @Override
    public CallableStatement prepareCall(String name) throws SQLException {
        return delegate().prepareCall(name);
    }

    @Override
    public String nativeSQL(String name) throws SQLException {
        return delegate().nativeSQL(name);
    }

    @Override
    public void setAutoCommit(boolean value) throws SQLException {
        delegate().setAutoCommit(value);
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return delegate().getAutoCommit();
    }

    @Override
    public void commit() throws SQLException {
        delegate().commit();
    }

    @Override
    public void rollback() throws SQLException {
        delegate().rollback();
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        return delegate().getMetaData();
    }

    @Override
    public void setReadOnly(boolean value) throws SQLException {
        delegate().setReadOnly(value);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return delegate().isReadOnly();
    }

    @Override
    public void setCatalog(String name) throws SQLException {
        delegate().setCatalog(name);
    }

    @Override
    public String getCatalog() throws SQLException {
        return delegate().getCatalog();
    }

    @Override
    public void setTransactionIsolation(int index) throws SQLException {
        delegate().setTransactionIsolation(index);
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return delegate().getTransactionIsolation();
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        return delegate().getWarnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        delegate().clearWarnings();
    }

    @Override
    public Statement createStatement(int value, int value1) throws SQLException {
        return delegate().createStatement(value, value1);
    }

    @Override
    public PreparedStatement prepareStatement(String name, int value, int value2) throws SQLException {
        return delegate().prepareStatement(name, value, value2);
    }

    @Override
    public CallableStatement prepareCall(String name, int value, int value2) throws SQLException {
        return delegate().prepareCall(name, value, value2);
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        delegate().setTypeMap(map);
    }

    @Override
    public void setHoldability(int index) throws SQLException {
        delegate().setHoldability(index);
    }

    @Override
    public int getHoldability() throws SQLException {
        return delegate().getHoldability();
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return delegate().setSavepoint();
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return delegate().setSavepoint(name);
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        delegate().rollback(savepoint);
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        delegate().releaseSavepoint(savepoint);
    }

    @Override
    public Statement createStatement(int value, int value1, int value2) throws SQLException {
        return delegate().createStatement(value, value1, value2);
    }

    @Override
    public PreparedStatement prepareStatement(String name, int value, int value2, int value3) throws SQLException {
        return delegate().prepareStatement(name, value, value2, value3);
    }

    @Override
    public CallableStatement prepareCall(String name, int value, int value2, int value3) throws SQLException {
        return delegate().prepareCall(name, value, value2, value3);
    }

    @Override
    public PreparedStatement prepareStatement(String name, int value) throws SQLException {
        return delegate().prepareStatement(name, value);
    }

    @Override
    public PreparedStatement prepareStatement(String name, int[] ints) throws SQLException {
        return delegate().prepareStatement(name, ints);
    }

    @Override
    public PreparedStatement prepareStatement(String name, String[] names) throws SQLException {
        return delegate().prepareStatement(name, names);
    }

    @Override
    public Clob createClob() throws SQLException {
        return delegate().createClob();
    }

    @Override
    public Blob createBlob() throws SQLException {
        return delegate().createBlob();
    }

    @Override
    public NClob createNClob() throws SQLException {
        return delegate().createNClob();
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        return delegate().createSQLXML();
    }

    @Override
    public boolean isValid(int index) throws SQLException {
        return delegate().isValid(index);
    }

    @Override
    public Array createArrayOf(String name, Object[] objects) throws SQLException {
        return delegate().createArrayOf(name, objects);
    }

    @Override
    public Struct createStruct(String name, Object[] objects) throws SQLException {
        return delegate().createStruct(name, objects);
    }

    @Override
    public void setSchema(String name) throws SQLException {
        delegate().setSchema(name);
    }

    @Override
    public String getSchema() throws SQLException {
        return delegate().getSchema();
    }

    @Override
    public void setNetworkTimeout(Executor executor, int value) throws SQLException {
        delegate().setNetworkTimeout(executor, value);
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return delegate().getNetworkTimeout();
    }

    @Override
    public void beginRequest() throws SQLException {
        delegate().beginRequest();
    }

    @Override
    public void endRequest() throws SQLException {
        delegate().endRequest();
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey shardingKey, ShardingKey shardingKey1, int value)
            throws SQLException {
        return delegate().setShardingKeyIfValid(shardingKey, shardingKey1, value);
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey shardingKey, int value) throws SQLException {
        return delegate().setShardingKeyIfValid(shardingKey, value);
    }

    @Override
    public void setShardingKey(ShardingKey shardingKey, ShardingKey shardingKey1) throws SQLException {
        delegate().setShardingKey(shardingKey, shardingKey1);
    }

    @Override
    public void setShardingKey(ShardingKey shardingKey) throws SQLException {
        delegate().setShardingKey(shardingKey);
    }
}
