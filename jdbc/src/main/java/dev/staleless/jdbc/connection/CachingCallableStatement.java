package dev.staleless.jdbc.connection;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/**
 * A call of a procedure: passed through, and counted as what its text may change. Long because the interface is: each
 * method is one line.
 */
@SuppressWarnings("deprecation") // of the interface
final class CachingCallableStatement extends CachingPreparedStatement implements CallableStatement {
    CachingCallableStatement(LogicalConnection connection, StatementHandle.Factory factory, String sql) {
        super(connection, factory, sql, false);
    }

    private CallableStatement call() throws SQLException {
        return (CallableStatement) real();
    }

    @Override
    public void registerOutParameter(int value, int value1) throws SQLException {
        call().registerOutParameter(value, value1);
    }

    @Override
    public void registerOutParameter(int value, int value1, int value2) throws SQLException {
        call().registerOutParameter(value, value1, value2);
    }

    @Override
    public boolean wasNull() throws SQLException {
        return call().wasNull();
    }

    @Override
    public String getString(int index) throws SQLException {
        return call().getString(index);
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        return call().getBoolean(index);
    }

    @Override
    public byte getByte(int index) throws SQLException {
        return call().getByte(index);
    }

    @Override
    public short getShort(int index) throws SQLException {
        return call().getShort(index);
    }

    @Override
    public int getInt(int index) throws SQLException {
        return call().getInt(index);
    }

    @Override
    public long getLong(int index) throws SQLException {
        return call().getLong(index);
    }

    @Override
    public float getFloat(int index) throws SQLException {
        return call().getFloat(index);
    }

    @Override
    public double getDouble(int index) throws SQLException {
        return call().getDouble(index);
    }

    @Override
    public BigDecimal getBigDecimal(int index, int value) throws SQLException {
        return call().getBigDecimal(index, value);
    }

    @Override
    public byte[] getBytes(int index) throws SQLException {
        return call().getBytes(index);
    }

    @Override
    public Date getDate(int index) throws SQLException {
        return call().getDate(index);
    }

    @Override
    public Time getTime(int index) throws SQLException {
        return call().getTime(index);
    }

    @Override
    public Timestamp getTimestamp(int index) throws SQLException {
        return call().getTimestamp(index);
    }

    @Override
    public Object getObject(int index) throws SQLException {
        return call().getObject(index);
    }

    @Override
    public BigDecimal getBigDecimal(int index) throws SQLException {
        return call().getBigDecimal(index);
    }

    @Override
    public Object getObject(int index, Map<String, Class<?>> map) throws SQLException {
        return call().getObject(index, map);
    }

    @Override
    public Ref getRef(int index) throws SQLException {
        return call().getRef(index);
    }

    @Override
    public Blob getBlob(int index) throws SQLException {
        return call().getBlob(index);
    }

    @Override
    public Clob getClob(int index) throws SQLException {
        return call().getClob(index);
    }

    @Override
    public Array getArray(int index) throws SQLException {
        return call().getArray(index);
    }

    @Override
    public Date getDate(int index, Calendar calendar) throws SQLException {
        return call().getDate(index, calendar);
    }

    @Override
    public Time getTime(int index, Calendar calendar) throws SQLException {
        return call().getTime(index, calendar);
    }

    @Override
    public Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        return call().getTimestamp(index, calendar);
    }

    @Override
    public void registerOutParameter(int value, int value1, String string) throws SQLException {
        call().registerOutParameter(value, value1, string);
    }

    @Override
    public void registerOutParameter(String name, int value) throws SQLException {
        call().registerOutParameter(name, value);
    }

    @Override
    public void registerOutParameter(String name, int value, int value2) throws SQLException {
        call().registerOutParameter(name, value, value2);
    }

    @Override
    public void registerOutParameter(String name, int value, String string) throws SQLException {
        call().registerOutParameter(name, value, string);
    }

    @Override
    public URL getURL(int index) throws SQLException {
        return call().getURL(index);
    }

    @Override
    public void setURL(String name, URL uRL) throws SQLException {
        call().setURL(name, uRL);
    }

    @Override
    public void setNull(String name, int value) throws SQLException {
        call().setNull(name, value);
    }

    @Override
    public void setBoolean(String name, boolean value) throws SQLException {
        call().setBoolean(name, value);
    }

    @Override
    public void setByte(String name, byte value) throws SQLException {
        call().setByte(name, value);
    }

    @Override
    public void setShort(String name, short value) throws SQLException {
        call().setShort(name, value);
    }

    @Override
    public void setInt(String name, int value) throws SQLException {
        call().setInt(name, value);
    }

    @Override
    public void setLong(String name, long value) throws SQLException {
        call().setLong(name, value);
    }

    @Override
    public void setFloat(String name, float value) throws SQLException {
        call().setFloat(name, value);
    }

    @Override
    public void setDouble(String name, double value) throws SQLException {
        call().setDouble(name, value);
    }

    @Override
    public void setBigDecimal(String name, BigDecimal bigDecimal) throws SQLException {
        call().setBigDecimal(name, bigDecimal);
    }

    @Override
    public void setString(String name, String string) throws SQLException {
        call().setString(name, string);
    }

    @Override
    public void setBytes(String name, byte[] bytes) throws SQLException {
        call().setBytes(name, bytes);
    }

    @Override
    public void setDate(String name, Date date) throws SQLException {
        call().setDate(name, date);
    }

    @Override
    public void setTime(String name, Time time) throws SQLException {
        call().setTime(name, time);
    }

    @Override
    public void setTimestamp(String name, Timestamp timestamp) throws SQLException {
        call().setTimestamp(name, timestamp);
    }

    @Override
    public void setAsciiStream(String name, InputStream stream, int value) throws SQLException {
        call().setAsciiStream(name, stream, value);
    }

    @Override
    public void setBinaryStream(String name, InputStream stream, int value) throws SQLException {
        call().setBinaryStream(name, stream, value);
    }

    @Override
    public void setObject(String name, Object object, int value, int value3) throws SQLException {
        call().setObject(name, object, value, value3);
    }

    @Override
    public void setObject(String name, Object object, int value) throws SQLException {
        call().setObject(name, object, value);
    }

    @Override
    public void setObject(String name, Object object) throws SQLException {
        call().setObject(name, object);
    }

    @Override
    public void setCharacterStream(String name, Reader reader, int value) throws SQLException {
        call().setCharacterStream(name, reader, value);
    }

    @Override
    public void setDate(String name, Date date, Calendar calendar) throws SQLException {
        call().setDate(name, date, calendar);
    }

    @Override
    public void setTime(String name, Time time, Calendar calendar) throws SQLException {
        call().setTime(name, time, calendar);
    }

    @Override
    public void setTimestamp(String name, Timestamp timestamp, Calendar calendar) throws SQLException {
        call().setTimestamp(name, timestamp, calendar);
    }

    @Override
    public void setNull(String name, int value, String string) throws SQLException {
        call().setNull(name, value, string);
    }

    @Override
    public String getString(String name) throws SQLException {
        return call().getString(name);
    }

    @Override
    public boolean getBoolean(String name) throws SQLException {
        return call().getBoolean(name);
    }

    @Override
    public byte getByte(String name) throws SQLException {
        return call().getByte(name);
    }

    @Override
    public short getShort(String name) throws SQLException {
        return call().getShort(name);
    }

    @Override
    public int getInt(String name) throws SQLException {
        return call().getInt(name);
    }

    @Override
    public long getLong(String name) throws SQLException {
        return call().getLong(name);
    }

    @Override
    public float getFloat(String name) throws SQLException {
        return call().getFloat(name);
    }

    @Override
    public double getDouble(String name) throws SQLException {
        return call().getDouble(name);
    }

    @Override
    public byte[] getBytes(String name) throws SQLException {
        return call().getBytes(name);
    }

    @Override
    public Date getDate(String name) throws SQLException {
        return call().getDate(name);
    }

    @Override
    public Time getTime(String name) throws SQLException {
        return call().getTime(name);
    }

    @Override
    public Timestamp getTimestamp(String name) throws SQLException {
        return call().getTimestamp(name);
    }

    @Override
    public Object getObject(String name) throws SQLException {
        return call().getObject(name);
    }

    @Override
    public BigDecimal getBigDecimal(String name) throws SQLException {
        return call().getBigDecimal(name);
    }

    @Override
    public Object getObject(String name, Map<String, Class<?>> map) throws SQLException {
        return call().getObject(name, map);
    }

    @Override
    public Ref getRef(String name) throws SQLException {
        return call().getRef(name);
    }

    @Override
    public Blob getBlob(String name) throws SQLException {
        return call().getBlob(name);
    }

    @Override
    public Clob getClob(String name) throws SQLException {
        return call().getClob(name);
    }

    @Override
    public Array getArray(String name) throws SQLException {
        return call().getArray(name);
    }

    @Override
    public Date getDate(String name, Calendar calendar) throws SQLException {
        return call().getDate(name, calendar);
    }

    @Override
    public Time getTime(String name, Calendar calendar) throws SQLException {
        return call().getTime(name, calendar);
    }

    @Override
    public Timestamp getTimestamp(String name, Calendar calendar) throws SQLException {
        return call().getTimestamp(name, calendar);
    }

    @Override
    public URL getURL(String name) throws SQLException {
        return call().getURL(name);
    }

    @Override
    public RowId getRowId(int index) throws SQLException {
        return call().getRowId(index);
    }

    @Override
    public RowId getRowId(String name) throws SQLException {
        return call().getRowId(name);
    }

    @Override
    public void setRowId(String name, RowId rowId) throws SQLException {
        call().setRowId(name, rowId);
    }

    @Override
    public void setNString(String name, String string) throws SQLException {
        call().setNString(name, string);
    }

    @Override
    public void setNCharacterStream(String name, Reader reader, long value) throws SQLException {
        call().setNCharacterStream(name, reader, value);
    }

    @Override
    public void setNClob(String name, NClob nClob) throws SQLException {
        call().setNClob(name, nClob);
    }

    @Override
    public void setClob(String name, Reader reader, long value) throws SQLException {
        call().setClob(name, reader, value);
    }

    @Override
    public void setBlob(String name, InputStream stream, long value) throws SQLException {
        call().setBlob(name, stream, value);
    }

    @Override
    public void setNClob(String name, Reader reader, long value) throws SQLException {
        call().setNClob(name, reader, value);
    }

    @Override
    public NClob getNClob(int index) throws SQLException {
        return call().getNClob(index);
    }

    @Override
    public NClob getNClob(String name) throws SQLException {
        return call().getNClob(name);
    }

    @Override
    public void setSQLXML(String name, SQLXML sQLXML) throws SQLException {
        call().setSQLXML(name, sQLXML);
    }

    @Override
    public SQLXML getSQLXML(int index) throws SQLException {
        return call().getSQLXML(index);
    }

    @Override
    public SQLXML getSQLXML(String name) throws SQLException {
        return call().getSQLXML(name);
    }

    @Override
    public String getNString(int index) throws SQLException {
        return call().getNString(index);
    }

    @Override
    public String getNString(String name) throws SQLException {
        return call().getNString(name);
    }

    @Override
    public Reader getNCharacterStream(int index) throws SQLException {
        return call().getNCharacterStream(index);
    }

    @Override
    public Reader getNCharacterStream(String name) throws SQLException {
        return call().getNCharacterStream(name);
    }

    @Override
    public Reader getCharacterStream(int index) throws SQLException {
        return call().getCharacterStream(index);
    }

    @Override
    public Reader getCharacterStream(String name) throws SQLException {
        return call().getCharacterStream(name);
    }

    @Override
    public void setBlob(String name, Blob blob) throws SQLException {
        call().setBlob(name, blob);
    }

    @Override
    public void setClob(String name, Clob clob) throws SQLException {
        call().setClob(name, clob);
    }

    @Override
    public void setAsciiStream(String name, InputStream stream, long value) throws SQLException {
        call().setAsciiStream(name, stream, value);
    }

    @Override
    public void setBinaryStream(String name, InputStream stream, long value) throws SQLException {
        call().setBinaryStream(name, stream, value);
    }

    @Override
    public void setCharacterStream(String name, Reader reader, long value) throws SQLException {
        call().setCharacterStream(name, reader, value);
    }

    @Override
    public void setAsciiStream(String name, InputStream stream) throws SQLException {
        call().setAsciiStream(name, stream);
    }

    @Override
    public void setBinaryStream(String name, InputStream stream) throws SQLException {
        call().setBinaryStream(name, stream);
    }

    @Override
    public void setCharacterStream(String name, Reader reader) throws SQLException {
        call().setCharacterStream(name, reader);
    }

    @Override
    public void setNCharacterStream(String name, Reader reader) throws SQLException {
        call().setNCharacterStream(name, reader);
    }

    @Override
    public void setClob(String name, Reader reader) throws SQLException {
        call().setClob(name, reader);
    }

    @Override
    public void setBlob(String name, InputStream stream) throws SQLException {
        call().setBlob(name, stream);
    }

    @Override
    public void setNClob(String name, Reader reader) throws SQLException {
        call().setNClob(name, reader);
    }

    @Override
    public <T> T getObject(int index, Class<T> type) throws SQLException {
        return call().getObject(index, type);
    }

    @Override
    public <T> T getObject(String name, Class<T> type) throws SQLException {
        return call().getObject(name, type);
    }

    @Override
    public void setObject(String name, Object object, SQLType type, int value) throws SQLException {
        call().setObject(name, object, type, value);
    }

    @Override
    public void setObject(String name, Object object, SQLType type) throws SQLException {
        call().setObject(name, object, type);
    }

    @Override
    public void registerOutParameter(int value, SQLType type) throws SQLException {
        call().registerOutParameter(value, type);
    }

    @Override
    public void registerOutParameter(int value, SQLType type, int value2) throws SQLException {
        call().registerOutParameter(value, type, value2);
    }

    @Override
    public void registerOutParameter(int value, SQLType type, String string) throws SQLException {
        call().registerOutParameter(value, type, string);
    }

    @Override
    public void registerOutParameter(String name, SQLType type) throws SQLException {
        call().registerOutParameter(name, type);
    }

    @Override
    public void registerOutParameter(String name, SQLType type, int value) throws SQLException {
        call().registerOutParameter(name, type, value);
    }

    @Override
    public void registerOutParameter(String name, SQLType type, String string) throws SQLException {
        call().registerOutParameter(name, type, string);
    }
}
